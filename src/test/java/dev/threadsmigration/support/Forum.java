package dev.threadsmigration.support;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An empty legacy database and an empty target, and the commands to migrate the one into the other. Time zones, names of
 * tables and types are what a test makes of them; all is asked by SQL, not by the code under test.
 */
public final class Forum {

    private static final AtomicInteger COUNT = new AtomicInteger();

    public static final String USERS = """
            CREATE TABLE users (id uuid PRIMARY KEY, name varchar(255) NOT NULL,
                created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL)""";
    public static final String THREADS = """
            CREATE TABLE threads (id uuid PRIMARY KEY, title varchar(255),
                user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE, organization_id uuid,
                tenant_id varchar(255), metadata %s,
                created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL)""";
    public static final String FEEDBACK = """
            CREATE TABLE feedback (id uuid PRIMARY KEY, thread_id uuid NOT NULL REFERENCES threads ON DELETE CASCADE,
                user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE, type varchar(50) NOT NULL, %s text,
                comment text, message_id varchar(255), helpful boolean, rating integer,
                created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL)""";

    private final String name = "forum-" + COUNT.incrementAndGet();
    private final boolean postgres;
    private final String legacyUrl;
    private final String targetUrl;
    private final String username;
    private final String password;

    private Forum(boolean postgres, String legacyUrl, String targetUrl, String username, String password) {
        this.postgres = postgres;
        this.legacyUrl = legacyUrl;
        this.targetUrl = targetUrl;
        this.username = username;
        this.password = password;
    }

    public static Forum onPostgres() {
        PostgresServer server = PostgresServer.shared();
        return new Forum(true, server.createDatabase(), server.createDatabase(), server.username(), server.password());
    }

    /** The target in another encoding than UTF8. */
    public static Forum onPostgres(String encoding) {
        PostgresServer server = PostgresServer.shared();
        String target = server.createDatabase(" TEMPLATE template0 LOCALE 'C' ENCODING '" + encoding + "'");
        return new Forum(true, server.createDatabase(), target, server.username(), server.password());
    }

    public static Forum onH2() {
        String url = "jdbc:h2:mem:%s-" + COUNT.incrementAndGet() + ";DB_CLOSE_DELAY=-1";
        return new Forum(false, url.formatted("legacy"), url.formatted("app"), "sa", "");
    }

    /** Another forum, with a legacy database of its own, that moves into the same target; on PostgreSQL. */
    public Forum besides() {
        return new Forum(true, PostgresServer.shared().createDatabase(), targetUrl, username, password);
    }

    public boolean isPostgres() {
        return postgres;
    }

    public String name() {
        return name;
    }

    public String legacyUrl() {
        return legacyUrl;
    }

    public String targetUrl() {
        return targetUrl;
    }

    /** The preset's tables, without keys or constraints. */
    public Forum withLegacyTables() {
        legacy("""
                CREATE TABLE legacy_users (id varchar(64), full_name varchar(1000),
                    created_date timestamp(6) with time zone, modified_date timestamp(6) with time zone)""", """
                CREATE TABLE legacy_threads (id varchar(64), legacy_id bigint, subject varchar(2000),
                    owner_id varchar(64), company_id varchar(64), division_code varchar(1000), custom_fields text,
                    created_date timestamp(6) with time zone, modified_date timestamp(6) with time zone)""", """
                CREATE TABLE legacy_feedback (id varchar(64), thread_id varchar(64), user_id varchar(64),
                    type varchar(200), %s text, comment text, message_id varchar(1000), helpful varchar(20),
                    rating varchar(20), created_date timestamp(6) with time zone,
                    modified_date timestamp(6) with time zone)""".formatted(value()));
        return this;
    }

    /** The layout snake-case. */
    public Forum withTargetTables() {
        target(USERS, THREADS.formatted(postgres ? "jsonb" : "json"), FEEDBACK.formatted(value()));
        return this;
    }

    /** VALUE is a reserved word of H2. */
    private String value() {
        return postgres ? "value" : "\"VALUE\"";
    }

    public Forum user(String id, String fullName) {
        return legacy(
                "INSERT INTO legacy_users VALUES (%s, %s, TIMESTAMP WITH TIME ZONE '2020-01-02 03:04:05+00', NULL)"
                        .formatted(text(id), text(fullName)));
    }

    public Forum thread(String id, String subject, String owner) {
        return thread(id, subject, owner, null);
    }

    public Forum thread(String id, String subject, String owner, String customFields) {
        return legacy("""
                INSERT INTO legacy_threads (id, subject, owner_id, custom_fields, created_date)
                VALUES (%s, %s, %s, %s, TIMESTAMP WITH TIME ZONE '2020-01-02 03:04:05+00')""".formatted(text(id), text(subject), text(owner), text(customFields)));
    }

    public Forum feedback(String id, String thread, String user) {
        return legacy("""
                INSERT INTO legacy_feedback (id, thread_id, user_id, type, created_date)
                VALUES (%s, %s, %s, 'rating', TIMESTAMP WITH TIME ZONE '2020-01-02 03:04:05+00')""".formatted(text(id), text(thread), text(user)));
    }

    private static String text(String value) {
        return value == null ? "NULL" : "'" + value.replace("'", "''") + "'";
    }

    public Forum legacy(String... statements) {
        execute(legacyUrl, statements);
        return this;
    }

    public Forum target(String... statements) {
        execute(targetUrl, statements);
        return this;
    }

    /** Executes statements on one of the two databases, by its url. */
    public void on(String url, String... statements) {
        execute(url, statements);
    }

    private void execute(String url, String... statements) {
        try (Connection connection = DriverManager.getConnection(url, username, password);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a query on the target, the values of a row joined by {@code |}. */
    public List<String> ask(String query) {
        return ask(targetUrl, query);
    }

    public List<String> ask(String url, String query) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, username, password);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.append(i == 1 ? "" : "|").append(result.getString(i));
                }
                rows.add(row.toString());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    /** Every outcome in the ledger, by entity and legacy id, such as {@code threads t-1: migrated}. */
    public List<String> outcomes() {
        List<String> outcomes = new ArrayList<>();
        outcomes.addAll(ask("""
                SELECT entity || ' ' || legacy_id || ': ' || outcome FROM threads_migration.migration_mapping"""));
        outcomes.addAll(ask("""
                SELECT entity || ' ' || COALESCE(legacy_id, 'NULL') || ': ' || code
                FROM threads_migration.rejected_record"""));
        return outcomes.stream().sorted().toList();
    }

    /** The message of the reject of a record. */
    public String rejection(String entity, String legacyId) {
        return ask("SELECT message FROM threads_migration.rejected_record WHERE entity = '%s' AND legacy_id = '%s'"
                        .formatted(entity, legacyId))
                .get(0);
    }

    /** The numbers of the promise: total, migrated, duplicate, rejected, remaining, by entity. */
    public Map<String, String> equation() {
        Map<String, String> equation = new TreeMap<>();
        ask("SELECT entity, total, migrated, duplicate, rejected, remaining FROM threads_migration.migration_progress")
                .forEach(row -> equation.put(row.substring(0, row.indexOf('|')), row.substring(row.indexOf('|') + 1)));
        return equation;
    }

    public boolean hasLedger() {
        return !ask("SELECT 1 FROM information_schema.schemata WHERE lower(schema_name) = 'threads_migration'")
                .isEmpty();
    }

    /** Runs a command on these two databases. */
    public CommandRun run(Path folder, String command, String... more) {
        List<String> words = new ArrayList<>(List.of(
                command,
                jobFile(folder).toString(),
                "--migration.reports=" + folder.resolve("reports"),
                "--migration.source.url=" + legacyUrl,
                "--migration.source.username=" + username,
                "--migration.source.password=" + password,
                "--migration.target.url=" + targetUrl,
                "--migration.target.username=" + username,
                "--migration.target.password=" + password));
        for (String word : more) {
            String key = word.contains("=") ? word.substring(0, word.indexOf('=') + 1) : word;
            words.removeIf(earlier -> key.endsWith("=") && earlier.startsWith(key));
            words.add(word);
        }
        return CommandRun.of(words);
    }

    private Path jobFile(Path folder) {
        Path file = folder.resolve("job.yml");
        try {
            if (!java.nio.file.Files.exists(file)) {
                java.nio.file.Files.writeString(file, "migration:\n  name: " + name + "\n  partitions: 2\n");
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return file;
    }
}
