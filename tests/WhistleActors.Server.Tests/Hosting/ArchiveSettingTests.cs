using Shouldly;
using WhistleActors.Server.Hosting;

namespace WhistleActors.Server.Tests.Hosting;

public sealed class ArchiveSettingTests : IDisposable
{
    private const string Database = "Host=127.0.0.1";
    private readonly string folder = Directory.CreateTempSubdirectory("whistle-archive-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Events_stay_in_the_journal_unless_an_age_in_days_is_set()
    {
        Read().Archive.After.ShouldBeNull();
        Read("--postgres", Database).Archive.After.ShouldBeNull();
        Read("--postgres", Database, "--archive_after", "400").Archive.After.ShouldBe(TimeSpan.FromDays(400));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("36501")]
    [InlineData("a year")]
    public void An_age_that_is_none_is_refused_in_both_languages_with_what_would_be_right(string days)
    {
        var refusal = Should.Throw<SettingsException>(() => Read("--postgres", Database, "--archive_after", days)).Message;

        refusal.ShouldContain($"WHISTLE_ARCHIVE_AFTER is '{days}'; expected a whole number of days from 1 to 36500.");
        refusal.ShouldContain("WHISTLE_ARCHIVE_AFTER 须为 1 到 36500 的整数（天）。");
    }

    [Fact]
    public void An_archive_without_PostgreSQL_is_refused_in_both_languages()
    {
        var refusal = Should.Throw<SettingsException>(() => Read("--archive_after", "30")).Message;

        refusal.ShouldContain("WHISTLE_ARCHIVE_AFTER needs WHISTLE_POSTGRES");
        refusal.ShouldContain("须与 WHISTLE_POSTGRES 同用");
    }

    private ServerSettings Read(params string[] args) => ServerSettings.Read(["--data", folder, .. args]);
}
