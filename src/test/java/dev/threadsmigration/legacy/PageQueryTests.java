package dev.threadsmigration.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.database.TableInspector;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.support.MariaDbServer;
import dev.threadsmigration.support.MySqlServer;
import dev.threadsmigration.support.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Every database answers a page from the index of its key, whether that is one column or two. */
class PageQueryTests {

    private static final int ROWS = 20_000;

    @TempDir
    Path folder;

    @Test
    void postgreSql() throws SQLException {
        String url = PostgresServer.shared().createDatabase();
        try (Connection connection = PostgresServer.shared().connect(url)) {
            fill(connection, "ANALYZE");
            assertThat(plan(connection, url, "EXPLAIN ", 1))
                    .contains("Index Scan")
                    .doesNotContain("Seq Scan");
            assertThat(plan(connection, url, "EXPLAIN ", 2))
                    .contains("Index Scan", "Index Cond: (ROW(a, ")
                    .doesNotContain("Seq Scan");
        }
    }

    @Test
    void mariaDb() throws SQLException {
        String url = MariaDbServer.shared().createDatabase();
        try (Connection connection = MariaDbServer.shared().connect(url)) {
            assertPagesComeFromTheRangeOfTheKey(connection, url, "EXPLAIN ");
        }
    }

    @Test
    @EnabledIf("thereIsMySql")
    void mySql() throws SQLException {
        String url = MySqlServer.shared().createDatabase();
        try (Connection connection = MySqlServer.shared().connect(url)) {
            assertPagesComeFromTheRangeOfTheKey(connection, url, "EXPLAIN FORMAT=TRADITIONAL ");
        }
    }

    static boolean thereIsMySql() {
        return MySqlServer.isThere();
    }

    private static void assertPagesComeFromTheRangeOfTheKey(Connection connection, String url, String explain)
            throws SQLException {
        fill(connection, "ANALYZE TABLE one, two");
        for (int keyWidth = 1; keyWidth <= 2; keyWidth++) {
            assertThat(plan(connection, url, explain, keyWidth))
                    .contains("range PRIMARY")
                    .doesNotContain("filesort");
        }
    }

    @Test
    void sqlite() throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("legacy.db");
        try (Connection connection = DriverManager.getConnection(url)) {
            fill(connection, "ANALYZE");
            assertThat(plan(connection, url, "EXPLAIN QUERY PLAN ", 1))
                    .contains("SEARCH one USING INTEGER PRIMARY KEY");
            assertThat(plan(connection, url, "EXPLAIN QUERY PLAN ", 2))
                    .contains("SEARCH two USING INDEX", "(a,b)>(?,?)")
                    .doesNotContain("TEMP B-TREE");
        }
    }

    @Test
    void h2() throws SQLException {
        String url = "jdbc:h2:mem:pages";
        try (Connection connection = DriverManager.getConnection(url)) {
            fill(connection, "ANALYZE");
            assertThat(plan(connection, url, "EXPLAIN ", 1)).contains("PRIMARY_KEY", "index sorted");
            assertThat(plan(connection, url, "EXPLAIN ", 2)).contains("PRIMARY_KEY", "A >= ", "index sorted");
        }
    }

    private static void fill(Connection connection, String analyze) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, v INTEGER)");
            statement.execute("CREATE TABLE two (a INTEGER, b VARCHAR(20), v INTEGER, PRIMARY KEY (a, b))");
        }
        connection.setAutoCommit(false);
        try (PreparedStatement one = connection.prepareStatement("INSERT INTO one VALUES (?, ?)");
                PreparedStatement two = connection.prepareStatement("INSERT INTO two VALUES (?, ?, ?)")) {
            for (int i = 0; i < ROWS; i++) {
                one.setInt(1, i);
                one.setInt(2, i);
                one.addBatch();
                two.setInt(1, i % 50);
                two.setString(2, "x" + i);
                two.setInt(3, i);
                two.addBatch();
            }
            one.executeBatch();
            two.executeBatch();
        }
        connection.commit();
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute(analyze);
        }
    }

    private static String plan(Connection connection, String url, String explain, int keyWidth) throws SQLException {
        Dialect dialect = Dialect.of(url);
        String from = TableInspector.find(connection, keyWidth == 1 ? "one" : "two")
                .orElseThrow()
                .quoted(dialect);
        List<Column> columns = TableInspector.columnsOf(connection, from).stream()
                .map(dialect::understand)
                .toList();
        LegacyTable table = new LegacyTable(Entity.THREADS, dialect, from, null, null, columns, keyWidth);
        LegacyRows rows = new LegacyRows(new SingleConnectionDataSource(connection, true), table);
        BoundSql page = rows.pageQuery(keyWidth == 1 ? "10000" : "20\u001fx7", null, 101);
        StringBuilder plan = new StringBuilder();
        try (PreparedStatement statement = connection.prepareStatement(explain + page.sql())) {
            for (int i = 0; i < page.parameters().size(); i++) {
                statement.setObject(i + 1, page.parameters().get(i));
            }
            try (ResultSet result = statement.executeQuery()) {
                int width = result.getMetaData().getColumnCount();
                while (result.next()) {
                    for (int i = 1; i <= width; i++) {
                        String label = result.getMetaData().getColumnLabel(i);
                        plan.append(label.equals("possible_keys") ? "" : result.getString(i) + " ");
                    }
                    plan.append('\n');
                }
            }
        }
        return plan.toString();
    }
}
