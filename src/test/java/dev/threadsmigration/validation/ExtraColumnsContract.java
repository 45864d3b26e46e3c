package dev.threadsmigration.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.ReportedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What validation says of columns that the target has beside its fields, one of each type that can be written. */
abstract class ExtraColumnsContract {

    static final String ADA = "00000000-0000-4000-8000-000000000001";
    private static final String BOB = "00000000-0000-4000-8000-000000000002";

    private static final String MAPPING = """
              entities: [users]
              mapping:
                users:
                  extra:
                    email: { column: mail, default: nobody@example.org }
                    code: { column: mail, too-long: truncate }
                    badge: { constant: gold }
                    team: { column: team }
                    karma: { column: karma }
                    level: { column: karma, values: { 12.0: 1, 7: 2 } }
                    rank: { constant: 3 }
                    active: { column: active, type: boolean }
                    seen: { column: seen, type: epoch-millis }
                    joined_on: { column: joined }
            """;

    @TempDir
    Path folder;

    private Forum forum;

    abstract Forum databases();

    /** The type of a text of eight characters, filled up with blanks where the database has such a type that can be written. */
    abstract String charType();

    @BeforeEach
    void migrate() throws IOException {
        forum = databases().withLegacyTables().withTargetTables();
        forum.user(ADA, "Ada").user(BOB, "Bob");
        forum.legacy("""
                ALTER TABLE legacy_users ADD mail varchar(100)""", """
                ALTER TABLE legacy_users ADD team varchar(36)""", """
                ALTER TABLE legacy_users ADD karma numeric(20, 1)""", """
                ALTER TABLE legacy_users ADD active varchar(5)""", """
                ALTER TABLE legacy_users ADD seen bigint""", """
                ALTER TABLE legacy_users ADD joined date""");
        forum.legacy("""
                UPDATE legacy_users SET mail = 'ada@example.org', team = 'ABCDEF00-0000-4000-8000-000000000007',
                    karma = 12.0, active = 'Yes', seen = 1700000000123, joined = DATE '2020-02-29'
                WHERE full_name = 'Ada'""");
        forum.target(
                "ALTER TABLE users ADD email varchar(255)",
                "ALTER TABLE users ADD code varchar(3)",
                "ALTER TABLE users ADD badge " + charType(),
                "ALTER TABLE users ADD team uuid",
                "ALTER TABLE users ADD karma bigint",
                "ALTER TABLE users ADD level integer",
                "ALTER TABLE users ADD rank smallint",
                "ALTER TABLE users ADD active boolean",
                "ALTER TABLE users ADD seen timestamp(6)",
                "ALTER TABLE users ADD joined_on timestamp(6) with time zone");
        Files.writeString(folder.resolve("job.yml"), "migration:\n  name: extras\n" + MAPPING);
        ReportedRun migrated = ReportedRun.of(forum, folder, "migrate").endsWith(0);
        assertThat(migrated.number("/validation/compared")).isEqualTo(2);
        assertThat(forum.ask(
                        "SELECT email, code, team, karma, level, rank, active, seen FROM users WHERE name = 'Ada'"))
                .containsExactly(
                        "ada@example.org|ada|abcdef00-0000-4000-8000-000000000007|12|1|3|%s|2023-11-14 22:13:20.123"
                                .formatted(forum.isPostgres() ? "t" : "TRUE"));
        assertThat(forum.ask("SELECT email, code, team, karma, level, rank, active, seen, joined_on FROM users"
                        + " WHERE name = 'Bob'"))
                .containsExactly("nobody@example.org|null|null|null|null|3|null|null|null");
    }

    @Test
    void untouchedOnesAreValid() {
        assertThat(ReportedRun.of(forum, folder, "validate").endsWith(0).found())
                .isEmpty();
    }

    @Test
    void eachTamperedOneIsNamedWithWhatLegacyHasWhatMustBeAndWhatIs() {
        forum.target("""
                UPDATE users SET email = 'eve@example.org', code = 'ad', badge = 'silver', team = '%s', karma = 13, level = NULL, rank = 4,
                    active = FALSE, seen = TIMESTAMP '2023-11-14 22:13:20.124',
                    joined_on = TIMESTAMP WITH TIME ZONE '2020-02-29 01:00:00+00'
                WHERE name = 'Ada'""".formatted(ADA), "UPDATE users SET active = FALSE WHERE name = 'Bob'");

        ReportedRun validated = ReportedRun.of(forum, folder, "validate").endsWith(3);

        assertThat(validated.issues("legacyId", "kind", "field", "legacyValue", "expected", "found"))
                .containsExactlyInAnyOrder(
                        ADA + " different " + column("email") + " ada@example.org ada@example.org eve@example.org",
                        ADA + " different " + column("code") + " ada@example.org ada ad",
                        ADA + " different " + column("badge") + " gold "
                                + (forum.isPostgres() ? "gold     silver  " : "gold silver"),
                        ADA + " different " + column("team") + " ABCDEF00-0000-4000-8000-000000000007"
                                + " abcdef00-0000-4000-8000-000000000007 " + ADA,
                        ADA + " different " + column("karma") + " 12.0 12 13",
                        ADA + " different " + column("level") + " 12.0 1 -",
                        ADA + " different " + column("rank") + " 3 3 4",
                        ADA + " different " + column("active") + " Yes true false",
                        ADA + " different " + column("seen") + " 1700000000123 2023-11-14T22:13:20.123"
                                + " 2023-11-14T22:13:20.124",
                        ADA + " different " + column("joined_on") + " 2020-02-29 2020-02-29T00:00 2020-02-29T01:00",
                        BOB + " different " + column("active") + " - - false");
        assertThat(validated.number("/validation/different")).isEqualTo(2);
    }

    @Test
    void legacyThatTurnedBadSinceIsADifferenceAndNoCrash() {
        forum.legacy("UPDATE legacy_users SET karma = 12.5 WHERE full_name = 'Bob'");

        assertThat(ReportedRun.of(forum, folder, "validate").endsWith(3).found())
                .containsExactly("users " + BOB + " different " + column("karma"));
    }

    /** As the target spells it. */
    private String column(String name) {
        return forum.isPostgres() ? name : name.toUpperCase(Locale.ROOT);
    }
}
