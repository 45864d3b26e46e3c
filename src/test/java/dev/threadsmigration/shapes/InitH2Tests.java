package dev.threadsmigration.shapes;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

class InitH2Tests extends InitContract {

    @Override
    String createDatabase(Path folder) {
        return "jdbc:h2:file:" + folder.resolve("legacy");
    }

    @Override
    Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, username(), "");
    }

    @Override
    String kind() {
        return "h2";
    }

    @Override
    String username() {
        return "sa";
    }
}
