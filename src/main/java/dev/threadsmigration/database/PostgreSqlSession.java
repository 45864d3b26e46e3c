package dev.threadsmigration.database;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGStatement;

/**
 * What a session on PostgreSQL is begun with. Asked for in its first message, not by SET: behind a pooler that would outlast
 * our session, in somebody else's.
 */
final class PostgreSqlSession implements SessionSetup {

    private record Setting(String name, String value) {}

    private static final List<Setting> NEEDED = List.of(
            // Where a policy would hide rows, an error: what is not seen is not migrated, or is deleted by cascade.
            new Setting("row_security", "off"),
            // A limit that is meant for the application's statements would stop a large table for good.
            new Setting("statement_timeout", "0"),
            // Tells our writes from the application's, which alone are queued for legacy.
            new Setting(PostgreSqlCapture.OWN_WRITE, "on"));

    /** Where our machine is gone without a word, the server ends the session, and its locks, in a minute instead of two hours. */
    private static final List<Setting> WANTED = List.of(
            new Setting("tcp_keepalives_idle", "30"),
            new Setting("tcp_keepalives_interval", "10"),
            new Setting("tcp_keepalives_count", "3"));

    /** What tells the sessions of this process from all others. */
    static final String APPLICATION =
            "threads-migration " + UUID.randomUUID().toString().substring(0, 8);

    private static final String OPTIONS = Stream.concat(NEEDED.stream(), WANTED.stream())
            .map(setting -> "-c " + setting.name() + "=" + setting.value())
            .collect(Collectors.joining(" "));

    private static final String LEFT_OUT = NEEDED.stream()
            .map(setting -> "('%s', '%s')".formatted(setting.name(), setting.value()))
            .collect(Collectors.joining(
                    ", ",
                    "SELECT name FROM (VALUES ",
                    ") asked (name, value) WHERE current_setting(name, true) IS DISTINCT FROM value"));

    /**
     * What the first message cannot ask for: the driver adds the JVM's zone to it, and servers before PostgreSQL 17 know no limit
     * on transactions, which is as little meant for us as that on statements. Not for a session that a pooler gave us.
     */
    private static final String STATEMENT = """
            SELECT set_config('TimeZone', 'UTC', false),
                   CASE WHEN current_setting('transaction_timeout', true) IS NOT NULL
                        THEN set_config('transaction_timeout', '0', false) END
            WHERE current_setting('%s', true) = 'on'""".formatted(PostgreSqlCapture.OWN_WRITE);

    private static final Pattern OPTIONS_OF_URL = Pattern.compile("[?&]options=[^&]*");

    /** Where it is {@code simple}, for a pooler's sake, the driver sends no value for an {@code ANY(?)}. */
    private static final Pattern QUERY_MODE = Pattern.compile("(?<=[?&])preferQueryMode=[^&]*&?");

    @Override
    public Map<String, String> properties() {
        return Map.of(
                "ApplicationName", APPLICATION,
                "options", OPTIONS,
                "connectTimeout", "10",
                "tcpKeepAlive", "true",
                // Results come in binary from the second time on that a statement is asked, not from the sixth.
                "prepareThreshold", "1",
                "reWriteBatchedInserts", "true");
    }

    /** The driver turns to the binary form after some executions, in which it spells these as other texts. */
    @Override
    public Map<String, String> readingProperties() {
        return Map.of(
                "binaryTransferDisable",
                "BYTEA_ARRAY,INT2_ARRAY,INT4_ARRAY,INT8_ARRAY,OID_ARRAY,FLOAT4_ARRAY,FLOAT8_ARRAY,VARCHAR_ARRAY,TEXT_ARRAY,"
                        + "TIMETZ,POINT,BOX");
    }

    @Override
    public Map<String, String> memoryProperties(MemoryShare share) {
        return Map.of("maxResultBuffer", String.valueOf(share.bytes()));
    }

    /** With our options behind the URL's own, which would else take their place. */
    @Override
    public String url(String url) {
        return OPTIONS_OF_URL
                .matcher(QUERY_MODE.matcher(url).replaceAll(""))
                .replaceAll("$0" + URLEncoder.encode(" " + OPTIONS, StandardCharsets.UTF_8));
    }

    @Override
    public String statement() {
        return STATEMENT;
    }

    /** One of our sessions must see what another one has committed, whatever a team's roles and databases begin with. */
    @Override
    public String isolation() {
        return "TRANSACTION_READ_COMMITTED";
    }

    @Override
    public List<String> leftOut(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            // A pooler may give the next statement to a server's session that has none, or another one, of this name.
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            try (ResultSet result = statement.executeQuery(LEFT_OUT)) {
                while (result.next()) {
                    names.add(result.getString(1));
                }
            }
        }
        return names;
    }
}
