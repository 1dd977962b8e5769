namespace WhistleActors.Journal.Bench;

internal enum Database
{
    SqliteFull,
    SqliteNormal,
    Postgres,
}
