package dev.threadsmigration.ledger;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongPredicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/** Who ran what, when, with which settings, and how it ended. */
public final class AuditLog {

    /** What stands in a command's place where an application opened the store; it is no run, and does not end. */
    public static final String STORE = "store";

    private static final String SELECT = """
            SELECT run_id, command, status, started_at, ended_at, exit_code, message
            FROM threads_migration.audit_log WHERE migration = ?""";

    private static final String RUNS = SELECT + " AND command <> '" + STORE + "'";

    private final JdbcTemplate jdbc;
    private final StorableText storableText;
    private final CurrentRun run;
    private final Clock clock;

    public AuditLog(DataSource target, StorableText storableText, CurrentRun run, Clock clock) {
        this.jdbc = new JdbcTemplate(target);
        this.storableText = storableText;
        this.run = run;
        this.clock = clock;
    }

    /** A run as the log has it; {@code endedAt} and {@code exitCode} are null while it runs, and after a kill. */
    public record Entry(
            long runId,
            String command,
            RunStatus status,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Integer exitCode,
            @Nullable String message) {

        /** Whether the log knows no end of it: it runs, or was killed and nothing has run since. */
        public boolean isOpen() {
            return status == RunStatus.RUNNING;
        }

        /** The entry as the next run will close it, where this one is not alive. */
        public Entry asKilled() {
            return isOpen() ? new Entry(runId, command, RunStatus.KILLED, startedAt, endedAt, exitCode, message) : this;
        }
    }

    /**
     * Opens the current run's entry and gives the run its id.
     *
     * @param settings without secrets
     * @param free whether an id may be the run's; a log that was restored from a backup has forgotten those of later runs
     */
    public void begin(String command, String version, Map<String, String> settings, LongPredicate free) {
        long id = open(command, version, settings);
        while (!free.test(id)) {
            jdbc.update("DELETE FROM threads_migration.audit_log WHERE run_id = ?", id);
            id = open(command, version, settings);
        }
        run.begin(id);
    }

    private long open(String command, String version, Map<String, String> settings) {
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.update(
                connection -> {
                    var statement = connection.prepareStatement("""
                            INSERT INTO threads_migration.audit_log
                                (migration, command, os_user, host, version, settings, started_at, status)
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""", new String[] {"run_id"});
                    statement.setString(1, run.migration());
                    statement.setString(2, command);
                    statement.setString(3, storableText.of(System.getProperty("user.name", "?")));
                    statement.setString(4, host());
                    statement.setString(5, version);
                    statement.setString(6, storableText.of(settings.toString()));
                    statement.setObject(7, now());
                    statement.setString(8, RunStatus.RUNNING.name());
                    return statement;
                },
                key);
        return Objects.requireNonNull(key.getKey()).longValue();
    }

    /** Closes the current run's entry. */
    public void end(RunStatus status, int exitCode, @Nullable String message) {
        jdbc.update("""
                UPDATE threads_migration.audit_log SET ended_at = ?, status = ?, exit_code = ?, message = ?
                WHERE run_id = ?""", now(), status.name(), exitCode, storableText.of(message), run.id());
    }

    /** Whether the run is open still; another process that took the migration over has closed it. */
    public boolean isOpen() {
        return find(run.id()).filter(Entry::isOpen).isPresent();
    }

    /** Marks earlier runs that never ended; the caller holds the migration's lock, so none of them is alive. */
    public int closeKilledRuns() {
        return jdbc.update("""
                UPDATE threads_migration.audit_log SET status = ? WHERE migration = ? AND status = ? AND run_id <> ?""", RunStatus.KILLED.name(), run.migration(), RunStatus.RUNNING.name(), run.id());
    }

    /** The migration's runs, the latest first. */
    public List<Entry> latest(int limit) {
        return jdbc.query(
                RUNS + " ORDER BY run_id DESC LIMIT ?", (result, row) -> entry(result), run.migration(), limit);
    }

    /** A run of the migration and all later ones, the latest first. */
    public List<Entry> since(long runId) {
        return jdbc.query(
                RUNS + " AND run_id >= ? ORDER BY run_id DESC", (result, row) -> entry(result), run.migration(), runId);
    }

    /** A run of the migration; empty where the log does not have it. */
    public Optional<Entry> find(long runId) {
        return jdbc.query(SELECT + " AND run_id = ?", (result, row) -> entry(result), run.migration(), runId).stream()
                .findFirst();
    }

    private static Entry entry(ResultSet result) throws SQLException {
        return new Entry(
                result.getLong("run_id"),
                result.getString("command"),
                RunStatus.valueOf(result.getString("status")),
                result.getObject("started_at", OffsetDateTime.class).toInstant(),
                instant(result.getObject("ended_at", OffsetDateTime.class)),
                result.getObject("exit_code", Integer.class),
                result.getString("message"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
