package dev.threadsmigration.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.Forum;
import org.junit.jupiter.api.Test;

class H2WriterIntegrationTests extends WriterContract {

    @Override
    Forum databases() {
        return Forum.onH2();
    }

    @Test
    void aRejectWhoseKeyHoldsANulCharacterStaysOneUntilItIsMended() {
        Forum forum = forum().user(id(1), "Ada");
        forum.legacy("UPDATE legacy_users SET id = 'u' || CHAR(0) || 'x'");
        migrate(forum);
        assertThat(forum.equation()).containsEntry("users", "1|0|0|1|0");

        CommandRun retry = forum.run(folder, "retry");
        assertThat(retry.exitCode()).as(retry.all()).isZero();
        assertThat(forum.equation()).containsEntry("users", "1|0|0|1|0");
    }
}
