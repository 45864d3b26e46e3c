package dev.threadsmigration.shapes;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

class InitSqliteTests extends InitContract {

    @Override
    String createDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("legacy.db");
    }

    @Override
    Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url);
    }

    @Override
    String kind() {
        return "sqlite";
    }

    @Override
    String username() {
        return "";
    }
}
