package dev.threadsmigration.target;

import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.database.WriteCapture;
import dev.threadsmigration.ledger.WriteQueue;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whether what the application writes into the target is queued for legacy. All in a transaction of the caller's, which must
 * not hold locks of another of the application's tables.
 */
public final class ApplicationWrites {

    private final JdbcTemplate jdbc;
    private final TargetDialect dialect;
    private final WriteQueue queue;
    private final String migration;

    public ApplicationWrites(DataSource target, TargetDialect dialect, WriteQueue queue, String migration) {
        this.jdbc = new JdbcTemplate(target);
        this.dialect = dialect;
        this.queue = queue;
        this.migration = migration;
    }

    /** Whether they are queued, of all these tables or of none, as wanted. */
    public boolean isAsWanted(boolean wanted, Collection<TargetTable> tables) {
        WriteCapture capture = dialect.writeCapture();
        return capture == null
                || Boolean.TRUE.equals(jdbc.execute((ConnectionCallback<Boolean>) connection -> {
                    for (TargetTable table : tables) {
                        if (capture.isOn(connection, name(table.entity())) != wanted) {
                            return false;
                        }
                    }
                    return true;
                }));
    }

    /** Queues those into a table from now on; what was written before is not seen. */
    public void capture(TargetTable table) {
        WriteCapture capture = Objects.requireNonNull(dialect.writeCapture(), "preflight refuses other targets");
        jdbc.execute((ConnectionCallback<Void>) connection -> {
            capture.turnOn(
                    connection,
                    name(table.entity()),
                    table.name(),
                    table.columns().get(Field.ID),
                    queue.of(table.entity()));
            return null;
        });
    }

    /** Queues none any longer; what waits in the queue stays there. */
    public void ignore() {
        List.of(Entity.values()).forEach(this::ignore);
    }

    /** Queues an entity's no longer; what waits in the queue stays there. */
    public void ignore(Entity entity) {
        WriteCapture capture = dialect.writeCapture();
        if (capture == null) {
            return;
        }
        jdbc.execute((ConnectionCallback<Void>) connection -> {
            capture.turnOff(connection, name(entity));
            return null;
        });
    }

    /** A name that is the migration's alone and short enough for every server. */
    private String name(Entity entity) {
        return "queue_%s_%s"
                .formatted(entity.label(), UUID.nameUUIDFromBytes(migration.getBytes(StandardCharsets.UTF_8)));
    }
}
