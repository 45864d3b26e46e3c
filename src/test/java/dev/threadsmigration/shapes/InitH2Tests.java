package dev.threadsmigration.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class InitH2Tests extends InitContract {

    @Test
    void aNumberIsTheSameTypeInEveryCountry() throws SQLException {
        String source = createDatabase(folder);
        try (Connection connection = connect(source);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE accounts (id int PRIMARY KEY, display_name varchar(50), created bigint)");
        }
        Locale usual = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            CommandRun init = CommandRun.of("init", "--url", source, "--username", username(), "--password=");

            assertThat(init.exitCode()).as(init.all()).isZero();
            assertThat(init.all()).contains("createdAt from CREATED, taken as epoch-millis");
        } finally {
            Locale.setDefault(usual);
        }
    }

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
