namespace WhistleActors.Journal;

internal enum SynchronousMode
{
    Full,
    Normal,
}
