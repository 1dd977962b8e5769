namespace WhistleActors.Journal.PostgreSql;

/// <summary>The tables as Akka.Persistence.Sql 1.5.73 creates them (provider PostgreSQL.15); a test compares the two.</summary>
internal static class PostgresSchema
{
    public const string Create =
        """
        CREATE TABLE IF NOT EXISTS journal
        (
            ordering        bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
            created         bigint  NOT NULL,
            deleted         boolean NOT NULL,
            persistence_id  text    NOT NULL,
            sequence_number bigint  NOT NULL,
            message         bytea   NOT NULL,
            tags            text    NULL,
            manifest        text    NULL,
            identifier      integer NULL,
            writer_uuid     text    NULL,
            CONSTRAINT "PK_journal" PRIMARY KEY (ordering),
            CONSTRAINT journal_uq UNIQUE (persistence_id, sequence_number)
        );
        CREATE INDEX IF NOT EXISTS journal_created_idx ON journal (created);
        CREATE INDEX IF NOT EXISTS journal_sequence_number_idx ON journal (sequence_number);
        """;
}
