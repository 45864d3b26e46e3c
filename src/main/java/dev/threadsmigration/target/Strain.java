package dev.threadsmigration.target;

import dev.threadsmigration.config.PauseWhen;
import dev.threadsmigration.database.TargetDialect;
import java.util.Locale;
import java.util.OptionalDouble;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** How much the target has to do beside us. */
public final class Strain {

    private final JdbcTemplate jdbc;
    private final TargetDialect dialect;

    public Strain(DataSource target, TargetDialect dialect) {
        this.jdbc = new JdbcTemplate(target);
        this.dialect = dialect;
    }

    /** Why the target should be spared now, in a person's words; null where it need not be. */
    public @Nullable String over(PauseWhen limits) {
        if (limits.replicationLag() != null) {
            OptionalDouble lag = ask(dialect.replicationLagQuery());
            double most = limits.replicationLag().toMillis() / 1000.0;
            if (lag.isPresent() && lag.getAsDouble() > most) {
                return String.format(
                        Locale.ROOT, "a replica is %.1f s behind, %.1f s are allowed", lag.getAsDouble(), most);
            }
        }
        if (limits.activeSessions() != null) {
            OptionalDouble sessions = ask(dialect.activeSessionsQuery());
            if (sessions.isPresent() && sessions.getAsDouble() > limits.activeSessions()) {
                return "%d sessions are at work in the target, %d are allowed"
                        .formatted((long) sessions.getAsDouble(), limits.activeSessions());
            }
        }
        return null;
    }

    private OptionalDouble ask(@Nullable String query) {
        Double answer = query == null ? null : jdbc.queryForObject(query, Double.class);
        return answer == null ? OptionalDouble.empty() : OptionalDouble.of(answer);
    }
}
