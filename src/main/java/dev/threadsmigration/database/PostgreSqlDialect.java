package dev.threadsmigration.database;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Encoding;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/** PostgreSQL 13 and later. */
final class PostgreSqlDialect implements TargetDialect {

    private static final SessionSetup SESSION = new PostgreSqlSession();
    private static final ServerErrors ERRORS = new PostgreSqlErrors();

    /**
     * With a number for this transaction, from which all ages are counted for as long as it lasts. Frozen rows have the
     * greatest of all ages, and rows of later transactions a negative one.
     */
    private static final RowAges AGES = new RowAges(
            "SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint)",
            "SELECT CAST(CAST(pg_current_xact_id() AS text) AS bigint) - ?",
            "age(xmin)");

    private final PostgreSqlTypes types = new PostgreSqlTypes(this);

    @Override
    public String productName() {
        return "PostgreSQL";
    }

    @Override
    public SessionSetup session() {
        return SESSION;
    }

    @Override
    public ServerErrors errors() {
        return ERRORS;
    }

    @Override
    public String jsonType() {
        return "jsonb";
    }

    @Override
    public String instantType() {
        return "timestamptz";
    }

    @Override
    public String fold(String identifier) {
        return identifier.toLowerCase(Locale.ROOT);
    }

    @Override
    public String overriding() {
        return "OVERRIDING SYSTEM VALUE ";
    }

    @Override
    public String parameter(Column column) {
        return types.parameter(column);
    }

    @Override
    public String readExpression(Column column) {
        return types.readExpression(column);
    }

    @Override
    public String comparableKey(String sql, Column key, Column referring) {
        return types.comparableKey(sql, key, referring);
    }

    @Override
    public Column understand(Column column) {
        return types.understand(column);
    }

    /** Of a jsonb only: a text may hold no JSON, and a json what cannot be taken out of it, such as a NUL. */
    @Override
    public @Nullable String carriesMarker(Column metadata) {
        return metadata.typeName().equals("jsonb")
                ? "%1$s ->> 'migrated' = 'true' AND %1$s ->> 'oldSystem' = ?".formatted(quote(metadata.name()))
                : null;
    }

    @Override
    public @Nullable String markedId(Column metadata) {
        String marked = carriesMarker(metadata);
        return marked == null ? null : "CASE WHEN " + marked + " THEN " + quote(metadata.name()) + " ->> 'oldId' END";
    }

    /** SQL_ASCII takes all bytes as they come, those of UTF-8 included. */
    @Override
    public Charset encoding(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW server_encoding")) {
            result.next();
            String name = result.getString(1);
            return name.equals("SQL_ASCII")
                    ? StandardCharsets.UTF_8
                    : Charset.forName(Encoding.getDatabaseEncoding(name).name());
        }
    }

    @Override
    public String identityQuery() {
        return """
                SELECT 'postgresql:' || system_identifier || '/' || current_database() FROM pg_control_system()""";
    }

    @Override
    public boolean rollsBackDefinitions() {
        return true;
    }

    @Override
    public String rowAsJson(String row, List<Column> columns) {
        return "CAST(row_to_json(" + row + ") AS text)";
    }

    @Override
    public void checkConstraintsAtOnce(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
        }
    }

    @Override
    public boolean ordersUuidsByBytes() {
        return true;
    }

    /**
     * In the server's binary format of arrays: the count of dimensions, whether there are NULLs, the type of the elements,
     * how many they are and the index of the first, then the length and bytes of each. The driver would write each as a text.
     */
    @Override
    public Array uuids(Connection connection, Collection<UUID> uuids) throws SQLException {
        if (uuids.isEmpty()) {
            return TargetDialect.super.uuids(connection, uuids);
        }
        ByteBuffer bytes = ByteBuffer.allocate(20 + uuids.size() * 20);
        bytes.putInt(1).putInt(0).putInt(Oid.UUID).putInt(uuids.size()).putInt(1);
        uuids.forEach(uuid ->
                bytes.putInt(16).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits()));
        return new PgArray(connection.unwrap(BaseConnection.class), Oid.UUID_ARRAY, bytes.array());
    }

    @Override
    public void load(Connection connection, TableName table, List<BulkColumn> columns, BulkRows rows)
            throws SQLException {
        String names = columns.stream().map(column -> quote(column.name())).collect(Collectors.joining(", "));
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table.quoted(this) + " (" + names + ") FROM STDIN (FORMAT binary)");
        try {
            BinaryCopy.write(columns, rows, (bytes, length) -> copy.writeToCopy(bytes, 0, length));
            long taken = copy.endCopy();
            if (taken < rows.size()) {
                throw new RowsLeftOutException(rows.size() - taken, rows.size());
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    @Override
    public Set<String> indexesOfSomeRows(Connection connection, TableName table) throws SQLException {
        return PostgreSqlDefinitions.indexesOfSomeRows(connection, table.quoted(this));
    }

    @Override
    public boolean tellsPrivileges() {
        return true;
    }

    @Override
    public String rightsToRead(Connection connection, TableName table) throws SQLException {
        return String.join("; ", PostgreSqlRights.toRead(connection, table, this));
    }

    @Override
    public boolean canLock(Connection connection, TableName table) throws SQLException {
        return PostgreSqlDefinitions.canLock(connection, table.quoted(this));
    }

    @Override
    public String typeOf(Column column) {
        return types.name(column);
    }

    @Override
    public String replicateWithoutKey(String table) {
        return "ALTER TABLE " + table + " REPLICA IDENTITY FULL";
    }

    @Override
    public boolean mayIndex(Connection connection, TableName table) throws SQLException {
        return PostgreSqlDefinitions.mayIndex(connection, table.quoted(this));
    }

    /** A rule does so by RETURNING; to ask for it without costs the transaction, and its connection. */
    @Override
    public boolean givesInsertedRows(Connection connection, TableName table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT count(*) = 0 OR bool_or(pg_get_ruledef(oid) ~ '\\mRETURNING\\M') FROM pg_rewrite
                WHERE ev_class = to_regclass(?) AND ev_type = '3' AND is_instead""")) {
            statement.setString(1, table.quoted(this));
            try (ResultSet found = statement.executeQuery()) {
                return found.next() && found.getBoolean(1);
            }
        }
    }

    @Override
    public List<TableName> forbiddenSequences(Connection connection, TableName table, Collection<Column> given)
            throws SQLException {
        return PostgreSqlRights.forbiddenSequences(connection, table, given, this);
    }

    @Override
    public String tryLockQuery() {
        return "SELECT pg_try_advisory_lock(hashtextextended(?, 0))";
    }

    @Override
    public String endSessionsQuery() {
        return """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE application_name = '%s' AND usename = current_user AND datname = current_database()
                  AND pid <> pg_backend_pid()""".formatted(PostgreSqlSession.APPLICATION);
    }

    /** A key of 64 bits stands there as two of 32, and as 1 in the third column; locks of other databases do, too. */
    @Override
    public String isLockedQuery() {
        return """
                SELECT EXISTS (
                    SELECT 1 FROM pg_locks
                    WHERE locktype = 'advisory' AND granted AND objsubid = 1
                      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                      AND (CAST(classid AS bigint) << 32) | CAST(objid AS bigint) = hashtextextended(?, 0))""";
    }

    @Override
    public String replicationLagQuery() {
        return "SELECT EXTRACT(EPOCH FROM MAX(replay_lag)) FROM pg_stat_replication";
    }

    @Override
    public String activeSessionsQuery() {
        return """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND backend_type = 'client backend' AND state = 'active'
                  AND pid <> pg_backend_pid() AND application_name NOT LIKE 'threads-migration%'""";
    }

    @Override
    public boolean defersIndexes() {
        return true;
    }

    @Override
    public List<TableDefinition> deferrable(Connection connection, TableName table) throws SQLException {
        return PostgreSqlDefinitions.all(connection, table, this);
    }

    @Override
    public Optional<String> current(Connection connection, TableDefinition definition) throws SQLException {
        return PostgreSqlDefinitions.current(connection, definition, this);
    }

    @Override
    public String textExpression(Column column) {
        return "CAST(" + quote(column.name()) + " AS text)";
    }

    @Override
    public String spelling(Column column) {
        return textExpression(column) + " COLLATE \"C\"";
    }

    @Override
    public RowAges rowAges() {
        return AGES;
    }

    @Override
    public WriteCapture writeCapture() {
        return new PostgreSqlCapture(this);
    }
}
