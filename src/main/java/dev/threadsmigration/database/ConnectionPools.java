package dev.threadsmigration.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pools of connections as this tool needs them, to whichever server. */
public final class ConnectionPools {

    private static final long CONNECTION_TIMEOUT_MS = 5_000;

    private ConnectionPools() {}

    /**
     * A pool that connects when it is first asked for a connection.
     *
     * @param moreProperties beside those that its dialect needs
     * @param most connections at once
     * @throws RuntimeException where the URL cannot be understood; its words may hold a password
     */
    public static HikariDataSource of(
            String name,
            String url,
            @Nullable String username,
            @Nullable String password,
            Dialect dialect,
            Map<String, String> moreProperties,
            int most) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(dialect.session().url(url));
        config.setUsername(username);
        config.setPassword(password);
        dialect.session().properties().forEach(config::addDataSourceProperty);
        moreProperties.forEach(config::addDataSourceProperty);
        config.setConnectionInitSql(dialect.session().statement());
        config.setTransactionIsolation(dialect.session().isolation());
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
        config.setExceptionOverride(new KeptConnections());
        // A server that is away is the preflight's to report.
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** Something that a server has not is no reason to throw away a connection on which a savepoint waits. */
    private static final class KeptConnections implements SQLExceptionOverride {

        private static final String NOT_SUPPORTED = "0A000";

        @java.lang.Override
        public Override adjudicate(SQLException error) {
            return NOT_SUPPORTED.equals(error.getSQLState()) ? Override.DO_NOT_EVICT : Override.CONTINUE_EVICT;
        }
    }
}
