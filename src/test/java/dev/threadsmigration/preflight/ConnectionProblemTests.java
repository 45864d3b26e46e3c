package dev.threadsmigration.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

class ConnectionProblemTests {

    /** What the pool says where a server takes the connection and keeps silent. */
    private static final String TIMED_OUT =
            "target - Connection is not available, request timed out after 5004ms (total=0)";

    @Test
    void aServerThatKeepsSilentIsNamedInOtherWordsThanThePools() {
        assertThat(ConnectionProblem.explain(new SQLTransientConnectionException(TIMED_OUT)))
                .startsWith("what takes connections there does not answer in time")
                .doesNotContain("total=0");
    }

    @Test
    void theServersOwnWordsComeBeforeThePools() {
        assertThat(ConnectionProblem.explain(new SQLTransientConnectionException(
                        TIMED_OUT, "3D000", new SQLException("FATAL: database \"no\" does not exist", "3D000"))))
                .isEqualTo(
                        "FATAL: database \"no\" does not exist. Create the database, or correct its name in the url");
        assertThat(ConnectionProblem.explain(new SQLTransientConnectionException(
                        TIMED_OUT, null, new SQLException("[SQLITE_CANTOPEN] unable to open", null, 14))))
                .isEqualTo("[SQLITE_CANTOPEN] unable to open");
    }
}
