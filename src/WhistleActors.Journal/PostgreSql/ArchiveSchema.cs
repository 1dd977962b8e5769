using System.Globalization;
using System.Text.RegularExpressions;

namespace WhistleActors.Journal.PostgreSql;

/// <summary>Where old events go: tables beside those of Akka.Persistence.Sql, which stay as they are.</summary>
internal static partial class ArchiveSchema
{
    private const string Table = "journal_archive";

    /// <summary>The tables that <see cref="Create"/>'s table of old events reads through to: the months that are attached, whatever they are called.</summary>
    public const string Attached =
        $"SELECT relname::text FROM pg_partition_tree(to_regclass('{Table}')) JOIN pg_class ON pg_class.oid = relid WHERE level > 0";

    /// <summary>What the table of a month is called.</summary>
    /// <param name="which">1, or as the how many of its month, when others have been detached and keep their names.</param>
    public static string NameOf(DateTime month, int which = 1) =>
        string.Create(CultureInfo.InvariantCulture, $"{Table}_{month:yyyy_MM}{(which == 1 ? "" : $"_{which}")}");

    /// <summary>Whether a table's name says that old events are in it: that of all, or one that <see cref="NameOf"/> gives.</summary>
    public static bool IsNameOfOurs(string table) => table == Table || Month().IsMatch(table);

    [GeneratedRegex($"^{Table}_[0-9]{{4}}_(0[1-9]|1[0-2])(_[0-9]+)?\\z")]
    private static partial Regex Month();

    /// <summary>
    /// The journal's columns, by months of <c>created</c> (UTC ticks), so that a month can be detached; and up to which number and which place in
    /// the journal's order each actor's events are there.
    /// </summary>
    public const string Create =
        """
        CREATE TABLE IF NOT EXISTS journal_archive (LIKE journal) PARTITION BY RANGE (created);
        CREATE INDEX IF NOT EXISTS journal_archive_ordering_idx ON journal_archive (ordering);
        CREATE INDEX IF NOT EXISTS journal_archive_event_idx ON journal_archive (persistence_id, sequence_number);
        CREATE TABLE IF NOT EXISTS journal_archived
        (
            persistence_id  text   NOT NULL PRIMARY KEY,
            sequence_number bigint NOT NULL,
            ordering        bigint NOT NULL
        );
        CREATE INDEX IF NOT EXISTS journal_archived_ordering_idx ON journal_archived (ordering)
        """;

    /// <summary>
    /// A number that is in the archive is taken as well, whatever writes: the uniqueness of the journal's numbers, by which a zombie is refused, must not
    /// end where its events were moved away. Made by the first archiving, so that who does not archive pays nothing.
    /// </summary>
    public const string Fence =
        """
        CREATE OR REPLACE FUNCTION journal_refuse_archived() RETURNS trigger LANGUAGE plpgsql
        SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS
        $body$
        DECLARE
            taken record;
        BEGIN
            SELECT added.persistence_id, added.sequence_number INTO taken
            FROM added JOIN journal_archived AS archived ON archived.persistence_id = added.persistence_id
            WHERE added.sequence_number <= archived.sequence_number LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'event % of % is in the archive', taken.sequence_number, taken.persistence_id USING ERRCODE = 'unique_violation';
            END IF;
            RETURN NULL;
        END
        $body$
        """;

    /// <summary>Puts <see cref="Fence"/> to work.</summary>
    public const string FenceTrigger =
        """
        CREATE TRIGGER journal_refuse_archived AFTER INSERT ON journal
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_archived()
        """;
}
