package dev.threadsmigration.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.Forum;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets whose encoding is not UTF8: what they can hold arrives, and what they cannot is rejected. */
class EncodingIntegrationTests {

    @TempDir
    Path folder;

    private CommandRun run(Forum forum, String command, String... more) {
        CommandRun run = forum.run(folder, command, more);
        assertThat(run.exitCode()).as(run.all()).isZero();
        return run;
    }

    @Test
    void aCharacterThatTheTargetLacksIsARejectWhereverItStands() {
        Forum forum = Forum.onPostgres("LATIN1").withLegacyTables().withTargetTables();
        for (int n = 0; n < 10; n++) {
            forum.user("ключ-" + n, "Key " + n);
        }
        forum.user("é-1", "Zoë").user("u-2", "5 €").user("u-3", null);
        forum.thread("t-1", "Grüße", "é-1").thread("t-2", "“Quoted”", "é-1").thread("t-3", "Of 2", "u-2");
        forum.thread("t-4", "Escaped", "é-1", "{\"price\": \"\\u20ac\"}").thread("𝄞", "Clef", "é-1");
        forum.thread("t-5", "Too long " + "€".repeat(255), "é-1");

        String[] small = {"--migration.chunk-size=3"};
        assertThat(run(forum, "preflight").out()).contains("note    target database: its encoding is ISO-8859-1");
        run(forum, "migrate", "--dry-run", small[0]);
        run(forum, "migrate", small);

        assertThat(forum.outcomes())
                .containsExactly(
                        "threads \\ud834\\udd1e: character_not_in_target",
                        "threads t-1: migrated",
                        "threads t-2: character_not_in_target",
                        "threads t-3: user_rejected",
                        "threads t-4: target_refused",
                        "threads t-5: character_not_in_target",
                        "users \\u043a\\u043b\\u044e\\u0447-0: character_not_in_target",
                        "users \\u043a\\u043b\\u044e\\u0447-1: character_not_in_target",
                        "users \\u043a\\u043b\\u044e\\u0447-2: character_not_in_target",
                        "users \\u043a\\u043b\\u044e\\u0447-3: character_not_in_target",
                        "users \\u043a\\u043b\\u044e\\u0447-4: character_not_in_target",
                        "users \\u043a\\u043b\\u044e\\u0447-5: character_not_in_target",
                        "users \\u043a\\u043b\\u044e\\u0447-6: character_not_in_target",
                        "users \\u043a\\u043b\\u044e\\u0447-7: character_not_in_target",
                        "users \\u043a\\u043b\\u044e\\u0447-8: character_not_in_target",
                        "users \\u043a\\u043b\\u044e\\u0447-9: character_not_in_target",
                        "users u-2: character_not_in_target",
                        "users u-3: required_missing",
                        "users é-1: migrated");
        assertThat(forum.ask("SELECT title FROM threads UNION SELECT name FROM users"))
                .containsExactlyInAnyOrder("Grüße", "Zoë");
        assertThat(forum.ask("SELECT message FROM threads_migration.rejected_record WHERE legacy_id = 't-2'"))
                .containsExactly("the target's encoding lacks U+201C in subject");

        forum.user("neu", "Ünal");
        run(forum, "migrate", small);
        forum.legacy(
                "UPDATE legacy_users SET full_name = '5 Euro' WHERE id = 'u-2'",
                "DELETE FROM legacy_users WHERE id = 'ключ-7'");
        run(forum, "retry", small);
        assertThat(forum.ask("SELECT name FROM users")).containsExactlyInAnyOrder("5 Euro", "Zoë", "Ünal");
        assertThat(forum.equation())
                .isEqualTo(Map.of("feedback", "0|0|0|0|0", "threads", "6|2|0|4|0", "users", "13|3|0|10|0"));
        forum.legacy("UPDATE legacy_threads SET subject = '“' WHERE id = 't-1'");
        CommandRun changed = forum.run(folder, "validate");
        assertThat(changed.exitCode()).as(changed.all()).isEqualTo(3);
        run(forum, "rollback", "--yes");
        assertThat(forum.ask("SELECT count(*) FROM users")).isEqualTo(List.of("0"));
    }

    @Test
    void aTargetThatTakesAllBytesHoldsAllCharacters() {
        Forum forum = Forum.onPostgres("SQL_ASCII").withLegacyTables().withTargetTables();
        forum.user("ключ", "5 €").thread("𝄞", "“Quoted”", "ключ", "{\"price\": \"€\"}");
        run(forum, "preflight");
        run(forum, "migrate");

        assertThat(forum.outcomes()).containsExactly("threads 𝄞: migrated", "users ключ: migrated");
        run(forum, "validate");
        run(forum, "rollback", "--yes");
    }
}
