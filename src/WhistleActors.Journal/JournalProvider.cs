namespace WhistleActors.Journal;

internal enum JournalProvider
{
    Sqlite,
    PostgreSql,
}
