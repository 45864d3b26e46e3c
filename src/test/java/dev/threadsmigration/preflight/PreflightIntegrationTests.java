package dev.threadsmigration.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.Forum;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in a migration's way is said before anything is touched, with what mends it. */
class PreflightIntegrationTests {

    private static final String ID = "00000000-0000-4000-8000-000000000001";

    @TempDir
    Path folder;

    private static Forum forum() {
        return Forum.onPostgres().withLegacyTables().withTargetTables().user(ID, "Ada");
    }

    /** Both commands refuse with these words, and nothing is touched. */
    private void refused(Forum forum, List<String> said, String... settings) {
        refused(List.of("preflight", "migrate"), forum, said, settings);
    }

    private void refused(List<String> commands, Forum forum, List<String> said, String... settings) {
        for (String command : commands) {
            CommandRun run = forum.run(folder, command, settings);
            assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
            assertThat(run.all()).contains(said).contains("FAILED").containsIgnoringCase("nothing was touched");
            assertThat(run.all()).doesNotContain("Exception", "Failed unexpectedly");
        }
        assertThat(forum.hasLedger()).isFalse();
    }

    @Test
    void aGoodForumIsReady() {
        CommandRun run = forum().run(folder, "preflight");
        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(run.out())
                .contains("Ready", "--dry-run", "PostgreSQL", "1 row in \"public\".\"legacy_users\"")
                .contains(
                        "no index leads with id, so each page reads the whole table:"
                                + " CREATE INDEX \"legacy_users_id\" ON \"public\".\"legacy_users\" (\"id\")",
                        "no unique index on id");
    }

    @Test
    void ofAQueryNothingIsSaidThatOnlyATableCanHave() {
        CommandRun run = forum().run(
                        folder,
                        "preflight",
                        "--migration.mapping.users.query=SELECT * FROM legacy_users WHERE id <> ''");
        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(run.out())
                .contains("1 row in the query of users", "legacy threads: key: no index leads with id")
                .doesNotContain("legacy users: key", "legacy_rows");
    }

    @Test
    void idsThatThePresetStillTakesFromAnotherColumnThanTheKeyAreNoted() {
        String note = "legacy users: ids are made from id, as the preset has it, not from the key full_name, id:"
                + " where references name the key, set migration.mapping.users.fields.id.columns: [full_name, id]";
        String key = "--migration.mapping.users.key=full_name,id";

        CommandRun ofThePreset = forum().run(folder, "preflight", key);
        CommandRun ofTheKey =
                forum().run(folder, "preflight", key, "--migration.mapping.users.fields.id.columns=full_name,id");

        assertThat(ofThePreset.exitCode()).as(ofThePreset.all()).isZero();
        assertThat(ofThePreset.out()).contains(note);
        assertThat(ofTheKey.exitCode()).as(ofTheKey.all()).isZero();
        assertThat(ofTheKey.out()).doesNotContain("ids are made from");
    }

    @Test
    void aTableOrColumnThatIsNotThereIsAnsweredWithTheNearestName() {
        refused(
                forum(),
                List.of("no table 'legacy_uesrs' in the legacy database", "did you mean 'legacy_users'"),
                "--migration.mapping.users.table=legacy_uesrs");
        refused(
                forum(),
                List.of("no column 'subjekt'", "migration.mapping.threads.fields.title", "did you mean 'subject'"),
                "--migration.mapping.threads.fields.title.column=subjekt");
        refused(
                forum(),
                List.of("no column 'idd'", "migration.mapping.users.key"),
                "--migration.mapping.users.key=idd");
        refused(
                forum(),
                List.of("no table 'user' in the target", "did you mean 'users'", "layout-names.users"),
                "--migration.target.layout=camel-case");
    }

    @Test
    void sqlInANameIsJustATableThatIsNotThere() {
        Forum forum = forum();
        for (String name : List.of("threads; DROP TABLE users", "users\" WHERE 1=1 --", "legacy_users'")) {
            refused(forum, List.of("no table '" + name + "'"), "--migration.mapping.users.table=" + name);
            refused(forum, List.of("no table '" + name + "'"), "--migration.target.layout-names.users.table=" + name);
            refused(forum, List.of("no column '" + name + "'"), "--migration.mapping.users.fields.name.column=" + name);
        }
        assertThat(forum.ask("SELECT count(*) FROM users")).containsExactly("0");
    }

    @Test
    void anUnknownRoleAndAnUnknownDatabaseAreNamed() {
        refused(
                List.of("migrate"),
                forum(),
                List.of("target database", "nobody_we_know", "Correct username and password"),
                "--migration.target.username=nobody_we_know");
        Forum forum = forum();
        refused(
                List.of("preflight"),
                forum,
                List.of("legacy database", "no_such_database", "Create the database"),
                "--migration.source.url=" + forum.legacyUrl().replaceAll("/[^/]*$", "/no_such_database"));
    }

    @Test
    void aDatabaseFileThatIsNotThereIsNamedAndNotMade(@TempDir Path folder) {
        for (String more : List.of("", ";ifexists=true")) {
            refused(
                    List.of("preflight"),
                    forum(),
                    List.of("legacy database", "nowhere", "Create the database, or correct its name in the url"),
                    "--migration.source.url=jdbc:h2:file:" + folder.resolve("nowhere") + more);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aServerThatDoesNotAnswerIsNamed() {
        refused(
                List.of("preflight"),
                forum(),
                List.of("legacy database", "nothing answers there", "Start the server"),
                "--migration.source.url=jdbc:postgresql://localhost:1/forum");
    }

    @Test
    void aTargetWithoutItsTablesIsToldHowToGetThem() {
        Forum forum = Forum.onPostgres().withLegacyTables();
        refused(
                forum,
                List.of("no table 'users' in the target", "no table 'threads'", "no table 'feedback'", "Create it"));
    }

    @Test
    void aColumnThatIsMissingOrOfAWrongTypeIsNamed() {
        Forum forum = forum();
        forum.target("ALTER TABLE threads DROP COLUMN tenant_id, ALTER COLUMN title TYPE integer USING 1");
        refused(
                forum,
                List.of(
                        "threads has no column 'tenant_id'",
                        "layout-names.threads.columns.tenantId",
                        "threads.title is of type int4, which cannot hold title"));
    }

    @Test
    void aColumnThatMustBeFilledAndIsNotMappedIsNamed() {
        Forum forum = forum();
        forum.target("ALTER TABLE users ADD COLUMN email text NOT NULL");
        refused(forum, List.of("users.email is NOT NULL without a default", "give it a default"));
    }

    @Test
    void aColumnThatTheTargetGeneratesIsNamed() {
        Forum forum = forum();
        forum.target(
                "ALTER TABLE threads DROP COLUMN tenant_id",
                "ALTER TABLE threads ADD COLUMN tenant_id varchar(255) GENERATED ALWAYS AS (left(title, 5)) STORED");
        refused(forum, List.of("threads.tenant_id is generated by the target", "DROP EXPRESSION", "layout-names"));
    }

    @Test
    void idsThatOtherRowsOfTheTargetHaveAreForecast() {
        Forum forum = forum().thread("00000000-0000-4000-8000-0000000000a1", "Legacy", ID);
        forum.thread("00000000-0000-4000-8000-0000000000a2", "Free", ID);
        assertThat(forum.run(folder, "preflight").out())
                .contains("target threads: no other record has an id of 2 random legacy records\n");
        forum.target(
                "INSERT INTO users VALUES ('" + ID + "', 'Ada', '2020-01-02 03:04:05', '2020-01-02 03:04:05')",
                "INSERT INTO threads (id, title, user_id, created_at, updated_at) VALUES"
                        + " ('00000000-0000-4000-8000-0000000000a1', 'Mine', '" + ID + "', now(), now())");

        CommandRun run = forum.run(folder, "preflight");
        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(run.out())
                .contains("forecast threads: 1 of 2 random records will be rejected as id_taken")
                .contains("target users: no other record has an id of 1 random legacy record\n");
        assertThat(forum.hasLedger()).isFalse();
    }

    @Test
    void aMissingPrivilegeIsNamedWithItsGrant() {
        Forum forum = forum();
        String role = role(forum, "SELECT");
        refused(
                forum,
                List.of(
                        role + " may not INSERT",
                        "GRANT SELECT, INSERT",
                        "may not create the schema threads_migration"),
                "--migration.target.username=" + role,
                "--migration.target.password=x");
    }

    @Test
    void aRollbackThatMayNotRemoveTouchesNeitherSide() {
        Forum forum = forum();
        assertThat(forum.run(folder, "migrate").exitCode()).isZero();
        String role = role(forum, "SELECT, INSERT");
        forum.target(
                "GRANT ALL ON SCHEMA threads_migration TO " + role,
                "GRANT ALL ON ALL TABLES IN SCHEMA threads_migration TO " + role);

        CommandRun run = forum.run(
                folder, "rollback", "--yes", "--migration.target.username=" + role, "--migration.target.password=x");

        assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
        assertThat(run.all()).contains(role + " may not UPDATE", role + " may not DELETE", "Nothing was touched");
        CommandRun byItself = forum.run(
                folder,
                "migrate",
                "--migration.on-invalid=rollback",
                "--migration.target.username=" + role,
                "--migration.target.password=x");
        assertThat(byItself.exitCode()).as(byItself.all()).isEqualTo(2);
    }

    @Test
    void moreRightsAreAskedForWhereTheJobFileNeedsThem() {
        Forum forum = forum();
        String role = role(forum, "SELECT, INSERT");
        String[] as = {"--migration.target.username=" + role, "--migration.target.password=x"};
        refused(
                forum,
                List.of(role + " may not UPDATE", role + " may not DELETE"),
                as[0],
                as[1],
                "--migration.on-deleted=remove");
        refused(
                forum,
                List.of(role + " may not TRIGGER on \"public\".\"threads\", as dual-write must: GRANT TRIGGER ON"),
                as[0],
                as[1],
                "--migration.dual-write.enabled=true");

        forum.target("CREATE SCHEMA threads_migration AUTHORIZATION " + role);
        CommandRun without = forum.run(folder, "preflight", as);
        assertThat(without.exitCode()).as(without.all()).isZero();
    }

    @Test
    void aDryRunIsContentWithAnEmptySchemaOfItsOwn() {
        Forum forum = forum();
        String role = role(forum, "SELECT, INSERT");
        forum.target("CREATE SCHEMA threads_migration AUTHORIZATION " + role);

        CommandRun run = forum.run(
                folder, "migrate", "--dry-run", "--migration.target.username=" + role, "--migration.target.password=x");

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(forum.ask("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'threads_migration'"))
                .containsExactly("0");
    }

    /** Refused under a role, until the statements are run that were said; then it is done. */
    private void mended(Forum forum, String url, String role, List<String> said, String... settings) {
        List<String> more = new ArrayList<>(List.of(settings));
        String side = url.equals(forum.legacyUrl()) ? "source" : "target";
        more.addAll(List.of("--migration." + side + ".username=" + role, "--migration." + side + ".password=x"));
        String[] all = more.toArray(String[]::new);
        boolean hadLedger = forum.hasLedger();
        for (String command : List.of("preflight", "migrate")) {
            CommandRun run = forum.run(folder, command, all);
            assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
            assertThat(run.all()).contains(said).contains("FAILED").containsIgnoringCase("nothing was touched");
            assertThat(run.all()).doesNotContain("Exception", "Failed unexpectedly");
        }
        assertThat(forum.hasLedger()).isEqualTo(hadLedger);
        String refusal = forum.run(folder, "preflight", all).all();
        Pattern.compile("FAILED.*?: ((?:GRANT|ALTER|CREATE) .*)")
                .matcher(refusal)
                .results()
                .forEach(statement -> forum.on(url, statement.group(1)));

        CommandRun run = forum.run(folder, "migrate", all);
        assertThat(run.exitCode()).as(refusal + run.all()).isZero();
    }

    @Test
    void whoMayNotCreateTheTablesIsToldBeforehand() {
        Forum forum = Forum.onPostgres().withLegacyTables().user(ID, "Ada");
        forum.target(Forum.USERS, "CREATE SCHEMA \"App\"");
        String role = newRole(forum);
        forum.target("GRANT SELECT, INSERT ON users TO " + role);
        mended(
                forum,
                forum.targetUrl(),
                role,
                List.of(
                        role + " may not create tables in the schema public",
                        role + " may not refer to \"public\".\"users\"",
                        "may not create the schema threads_migration"),
                "--migration.target.create-tables=true");

        Forum other = Forum.onPostgres().withLegacyTables().user(ID, "Ada");
        other.target("CREATE SCHEMA \"App\"");
        mended(
                other,
                other.targetUrl(),
                newRole(other),
                List.of("may not create tables in the schema App", "there is no schema new"),
                "--migration.target.create-tables=true",
                "--migration.target.layout-names.users.table=App.users",
                "--migration.target.layout-names.threads.table=new.threads");
    }

    @Test
    void aSchemaThatMayNotBeUsedIsNamed() {
        Forum forum = forum();
        String role = role(forum, "SELECT, INSERT");
        forum.target("CREATE SCHEMA app", "ALTER TABLE threads SET SCHEMA app");
        mended(
                forum,
                forum.targetUrl(),
                role,
                List.of(role + " may not use the schema app"),
                "--migration.target.layout-names.threads.table=app.threads");
    }

    @Test
    void aLedgerOfAnotherRoleIsNamedWithItsGrants() {
        Forum forum = forum();
        assertThat(forum.run(folder, "migrate").exitCode()).isZero();
        String role = role(forum, "SELECT, INSERT");
        forum.user("u-2", "Bob");

        mended(forum, forum.targetUrl(), role, List.of(role + " may not use the ledger, which postgres owns"));
        assertThat(forum.ask("SELECT name FROM users ORDER BY name")).containsExactly("Ada", "Bob");
    }

    @Test
    void rowsThatTheServerWouldHideAreNamedWithWhatShowsThem() {
        Forum forum = forum();
        String role = role(forum, "SELECT, INSERT");
        forum.target(
                "CREATE SCHEMA threads_migration AUTHORIZATION " + role,
                "ALTER TABLE threads OWNER TO " + role,
                "ALTER TABLE threads ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE threads FORCE ROW LEVEL SECURITY");
        // An empty schema of our own stays as it is.
        mended(
                forum,
                forum.targetUrl(),
                role,
                List.of("row-level security hides rows of \"public\".\"threads\" from " + role));
    }

    @Test
    void whoMayNotReadLegacyIsToldTheGrant() {
        Forum forum = forum();
        String role = newRole(forum);
        forum.legacy(
                "CREATE SCHEMA inner_room",
                "ALTER TABLE legacy_threads SET SCHEMA inner_room",
                "GRANT SELECT ON legacy_feedback TO " + role,
                "ALTER TABLE legacy_feedback ENABLE ROW LEVEL SECURITY");
        mended(
                forum,
                forum.legacyUrl(),
                role,
                List.of(
                        "\"public\".\"legacy_users\" cannot be read",
                        "permission denied",
                        "GRANT SELECT ON \"public\".\"legacy_users\" TO \"" + role + "\"",
                        "GRANT USAGE ON SCHEMA \"inner_room\" TO \"" + role + "\"",
                        "ALTER ROLE \"" + role + "\" BYPASSRLS"),
                "--migration.mapping.threads.table=inner_room.legacy_threads");
    }

    private static String newRole(Forum forum) {
        String role = "role_" + forum.name().replace('-', '_');
        forum.target("CREATE ROLE " + role + " LOGIN PASSWORD 'x'");
        return role;
    }

    /** A role that may do this with the target's tables, and create no schema. */
    private static String role(Forum forum, String privileges) {
        String role = newRole(forum);
        forum.target("GRANT " + privileges + " ON users, threads, feedback TO " + role);
        return role;
    }

    @Test
    void anotherNameOverTheSameDatabasesIsRefusedAndTheOtherNameIsSaid() {
        Forum forum = forum();
        assertThat(forum.run(folder, "migrate").exitCode()).isZero();

        for (String command : List.of("preflight", "migrate")) {
            CommandRun run = forum.run(folder, command, "--migration.name=another");
            assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
            assertThat(run.all()).contains("migration '" + forum.name() + "'", "migration.allow-other-migrations");
        }
        assertThat(forum.ask("SELECT name FROM threads_migration.migration")).containsExactly(forum.name());

        CommandRun another =
                forum.run(folder, "migrate", "--migration.name=another", "--migration.allow-other-migrations=true");
        assertThat(another.exitCode()).as(another.all()).isZero();
        for (String command : List.of("preflight", "validate", "rollback")) {
            CommandRun first = forum.run(folder, command, "--yes");
            assertThat(first.exitCode()).as(first.all()).isZero();
        }
    }

    @Test
    void theSameNameOverAnotherLegacyDatabaseIsRefused() {
        Forum forum = forum();
        assertThat(forum.run(folder, "migrate").exitCode()).isZero();
        Forum other = Forum.onPostgres().withLegacyTables();

        CommandRun run = forum.run(folder, "migrate", "--migration.source.url=" + other.legacyUrl());
        assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
        assertThat(run.all()).contains("'" + forum.name() + "' was started from another legacy database");
    }

    @Test
    void anotherKeyThanThatOfTheLedgerIsRefusedUnlessTheColumnWasRenamed() {
        Forum forum = forum().thread("t-1", "One", ID).thread("t-2", "Two", ID);
        forum.legacy("UPDATE legacy_threads SET legacy_id = 3 - CAST(substr(id, 3) AS integer)");
        assertThat(forum.run(folder, "migrate").exitCode()).isZero();

        for (String command : List.of("preflight", "migrate", "validate", "rollback")) {
            CommandRun run = forum.run(folder, command, "--yes", "--migration.mapping.threads.key=legacy_id");
            assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
            assertThat(run.all())
                    .contains(
                            "the key is legacy_id (migration.mapping.threads.key), but the ledger has these records by id")
                    .contains("othing was touched");
        }
        assertThat(forum.outcomes()).hasSize(3);

        forum.legacy("ALTER TABLE legacy_threads RENAME id TO number");
        CommandRun renamed = forum.run(folder, "validate", "--migration.mapping.threads.key=number");
        assertThat(renamed.exitCode()).as(renamed.all()).isZero();
        forum.legacy("ALTER TABLE legacy_threads RENAME number TO id");

        assertThat(forum.run(folder, "rollback", "--yes").exitCode()).isZero();
        assertThat(forum.run(folder, "rollback", "--purge", "--yes").exitCode()).isZero();
        CommandRun anew = forum.run(folder, "migrate", "--migration.mapping.threads.key=legacy_id");
        assertThat(anew.exitCode()).as(anew.all()).isZero();
        assertThat(forum.ask("SELECT legacy_id FROM threads_migration.migration_mapping WHERE entity = 'threads'"))
                .containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void anotherTableThanThatOfTheLedgerIsNoted() {
        Forum forum = forum();
        forum.legacy("CREATE TABLE people AS SELECT id, 'Somebody else' AS full_name, created_date FROM legacy_users");
        assertThat(forum.run(folder, "migrate").exitCode()).isZero();

        String people = "--migration.mapping.users.table=people";
        assertThat(forum.run(folder, "preflight", people).out())
                .contains(
                        "note    legacy users: the table is people (migration.mapping.users.table), but the ledger has"
                                + " these records from legacy_users: rows of the same key count as moved already");
        CommandRun validated = forum.run(folder, "validate", people);
        assertThat(validated.exitCode()).as(validated.all()).isEqualTo(3);
        assertThat(validated.out()).contains("name must be Somebody else");

        forum.legacy("DROP TABLE people", "ALTER TABLE legacy_users RENAME TO people");
        assertThat(forum.run(folder, "preflight", people).out()).doesNotContain("but the ledger has");
    }

    @Test
    void whatIsMissingForEveryRecordIsToldToBeAConstant() {
        Forum forum = forum();
        forum.legacy("ALTER TABLE legacy_users DROP COLUMN created_date");
        refused(forum, List.of("no column 'created_date'", "the value of every record under constant"));

        CommandRun run = forum.run(
                folder, "migrate", "--migration.mapping.users.fields.createdAt.constant=2020-01-02T03:04:05Z");
        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(forum.ask("SELECT created_at FROM users")).containsExactly("2020-01-02 03:04:05");
    }

    @Test
    void whatIsForecastIsWhatIsRejected() {
        Forum forum = forum().user(null, "Nobody").user("u-1", null).user("u-2", "x".repeat(256));
        forum.user("u-3", "One").user("u-3", "Other");
        forum.thread("t-1", "x".repeat(300), ID).thread("t-2", "ok", null).thread("t-3", "ok", "u-gone");
        forum.feedback("f-1", "t-gone", ID);
        assertThat(rejectedAsForecast(forum)).hasSize(8);
    }

    @Test
    void whatDanglesIsForecastWhateverColumnsAndSourcesAreCalled() {
        for (List<String> users : List.of(
                List.of("table=people", "key=user_id"),
                List.of("query=SELECT * FROM people", "key=user_id"),
                List.of("table=people", "key=number", "fields.id.column=user_id"),
                List.of("table=people", "key=user_id", "where=number < 'C'"))) {
            Forum forum = Forum.onPostgres().withTargetTables();
            String created = "TIMESTAMP WITH TIME ZONE '2020-01-02 03:04:05+00'";
            forum.legacy(
                    "CREATE TABLE people (number varchar(64), user_id varchar(64) PRIMARY KEY, full_name text,"
                            + " created_date timestamp with time zone)",
                    "INSERT INTO people VALUES ('A', 'u-1', 'Ada', " + created + "), ('B', 'u-2', 'Bob', " + created
                            + "), ('C', 'u-3', 'Cid', " + created + ")",
                    "CREATE TABLE talks (id varchar(64) PRIMARY KEY, user_id varchar(64), subject text, hidden boolean,"
                            + " created_date timestamp with time zone)",
                    "INSERT INTO talks VALUES ('t-1', 'u-1', 'Fine', FALSE, " + created
                            + "), ('t-2', 'gone', 'Dangles',"
                            + " FALSE, " + created + "), ('t-3', 'A', 'Dangles', FALSE, " + created
                            + "), ('t-4', 'gone', 'Not read', TRUE, " + created + "), ('t-5', 'u-3', 'Third', FALSE, "
                            + created + ")");
            List<String> settings = new ArrayList<>(List.of(
                    "--migration.entities=users,threads",
                    "--migration.mapping.threads.table=talks",
                    "--migration.mapping.threads.where=NOT talks.hidden",
                    "--migration.mapping.threads.fields.userId.column=user_id"));
            users.forEach(setting -> settings.add("--migration.mapping.users." + setting));

            assertThat(rejectedAsForecast(forum, settings.toArray(String[]::new)))
                    .as(users.toString())
                    .containsExactly("threads|user_not_found|" + (users.contains("where=number < 'C'") ? 3 : 2));
        }
    }

    @Test
    void whatDefaultsReplaceIsNotForecastAndReferencesOfAnotherSizeAre() {
        Forum forum = Forum.onPostgres().withTargetTables();
        String created = "created_date timestamp with time zone DEFAULT '2020-01-02 03:04:05+00'";
        forum.legacy(
                "CREATE TABLE people (id bigint PRIMARY KEY, full_name text, " + created + ")",
                "INSERT INTO people VALUES (1, 'Ada')",
                "CREATE TABLE talks (id integer PRIMARY KEY, owner_id integer, subject text, " + created + ")",
                "INSERT INTO talks VALUES (1, 1, repeat(' ', 300)), (2, 1, repeat('x', 300)), (3, 99, 'Dangles')");

        assertThat(rejectedAsForecast(
                        forum,
                        "--migration.entities=users,threads",
                        "--migration.mapping.users.table=people",
                        "--migration.mapping.threads.table=talks",
                        "--migration.mapping.threads.fields.title.default=Untitled"))
                .containsExactly("threads|too_long|1", "threads|user_not_found|1");
    }

    /** The rejects by entity and code, which preflight has said before. */
    private List<String> rejectedAsForecast(Forum forum, String... settings) {
        CommandRun preflight = forum.run(folder, "preflight", settings);
        assertThat(preflight.exitCode()).as(preflight.all()).isZero();
        CommandRun migrated = forum.run(folder, "migrate", settings);
        assertThat(migrated.exitCode()).as(migrated.all()).isZero();

        List<String> forecast = preflight
                .out()
                .lines()
                .filter(line -> line.contains("forecast "))
                .map(line -> line.replaceAll(
                        ".*forecast (\\w+): (?:up to )?(\\d+) will be rejected as (\\w+) .*", "$1|$3|$2"))
                .sorted()
                .toList();
        List<String> rejected = forum.ask("""
                SELECT entity, code, count(*) FROM threads_migration.rejected_record
                GROUP BY entity, code ORDER BY 1, 2""");
        assertThat(rejected).as(preflight.all()).isEqualTo(forecast);
        return rejected;
    }

    @Test
    void noSecretIsPrintedOrStored() throws Exception {
        Forum forum = forum();
        String secret = "Geh3im-und-distinkt";
        String role = "owner_" + forum.name().replace('-', '_');
        String database = forum.targetUrl().replaceAll(".*/", "");
        forum.target(
                "CREATE ROLE " + role + " SUPERUSER LOGIN PASSWORD '" + secret + "'",
                "GRANT ALL ON DATABASE " + database + " TO " + role);
        forum.user("bad", null);
        String[] settings = {
            "--migration.source.username=" + role,
            "--migration.source.password=" + secret,
            "--migration.target.username=" + role,
            "--migration.target.password=" + secret,
            "--migration.target.url=" + forum.targetUrl() + "?password=" + secret
        };
        StringBuilder said = new StringBuilder();
        for (String command : List.of("preflight", "migrate", "retry", "status", "validate", "migrate")) {
            CommandRun run = forum.run(folder, command, settings);
            assertThat(run.exitCode()).as(run.all()).isZero();
            said.append(run.all());
        }
        for (String wrong : List.of(
                "--migration.target.url=jdbc:postgresql://me:" + secret + "@localhost:not-a-port/x",
                "--migration.target.url=jdbc:h2:mem:x;UNKNOWN=1;PASSWORD=" + secret,
                "--migration.source.url=jdbc:mysql://me:" + secret + "@host/x")) {
            CommandRun run = forum.run(folder, "migrate", wrong, "--migration.target.password=" + secret);
            assertThat(run.exitCode()).as(wrong + run.all()).isEqualTo(2);
            said.append(run.all());
        }
        String legacyUrl = forum.legacyUrl() + "?user=" + role + "&password=" + secret + "&ApplicationName=draft";
        CommandRun draft = CommandRun.of(
                "init", "--url=" + legacyUrl, "--target-url=" + forum.targetUrl() + "?PASSWORD=" + secret);
        assertThat(draft.exitCode()).as(draft.all()).isZero();
        assertThat(draft.out())
                .contains(
                        "url: '" + forum.legacyUrl() + "?ApplicationName=draft'",
                        "username: ${LEGACY_DB_USER}",
                        "url: '" + forum.targetUrl() + "'");
        said.append(draft.all());
        for (String wrong : List.of(
                "--url=jdbc:postgresql://me:" + secret + "@localhost:not-a-port/x",
                "--url=jdbc:h2:mem:x;UNKNOWN=1;PASSWORD=" + secret,
                "--url=jdbc:oracle:thin:me/" + secret + "@host")) {
            CommandRun run = CommandRun.of("init", wrong);
            assertThat(run.exitCode()).as(wrong + run.all()).isEqualTo(2);
            said.append(run.all());
        }
        assertThat(said).doesNotContain(secret);
        try (var files = Files.walk(folder.resolve("reports"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain(secret);
            }
        }
        List<String> tables =
                forum.ask("SELECT table_name FROM information_schema.tables WHERE table_schema = 'threads_migration'");
        assertThat(tables).contains("batch_job_execution_context", "audit_log");
        for (String table : tables) {
            assertThat(forum.ask("SELECT t::text FROM threads_migration.\"" + table + "\" t")
                            .toString())
                    .as(table)
                    .doesNotContain(secret);
        }
    }
}
