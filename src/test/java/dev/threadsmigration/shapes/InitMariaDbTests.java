package dev.threadsmigration.shapes;

import dev.threadsmigration.support.MariaDbServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

class InitMariaDbTests extends InitContract {

    @Override
    String createDatabase(Path folder) {
        return MariaDbServer.shared().createDatabase();
    }

    @Override
    Connection connect(String url) throws SQLException {
        return MariaDbServer.shared().connect(url);
    }

    @Override
    String kind() {
        return "mariadb";
    }

    @Override
    String username() {
        return MariaDbServer.shared().username();
    }
}
