package dev.threadsmigration.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUrlTests {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db/forum, jdbc:postgresql://db/forum",
        "jdbc:postgresql://db:5432/forum?user=u&password=secret, jdbc:postgresql://db:5432/forum",
        "jdbc:postgresql://db:5432?user=u@corp&password=secret, jdbc:postgresql://db:5432",
        "'jdbc:postgresql://one:1,two:2/forum', 'jdbc:postgresql://one:1,two:2/forum'",
        "jdbc:postgresql://[::1]:5432/forum, jdbc:postgresql://[::1]:5432/forum",
        "jdbc:postgresql:///forum, jdbc:postgresql:///forum",
        "jdbc:postgresql:forum, jdbc:postgresql:forum",
        "jdbc:h2:file:./data;PASSWORD=secret, jdbc:h2:file:./data",
        "jdbc:h2:tcp://db:9092/~/data;PASSWORD=secret, jdbc:h2:tcp://db:9092/~/data",
        "jdbc:sqlite:/data//forum.db, jdbc:sqlite:/data//forum.db",
        "jdbc:postgresql://u:secret@db/forum, jdbc:postgresql://…",
        "jdbc:postgresql://u:secret;t@db/forum, jdbc:postgresql://…",
        "jdbc:postgresql://u:sec?ret@db/forum, jdbc:postgresql://…",
        "jdbc:postgresql://u:sec/ret@db/forum, jdbc:postgresql://…",
        "jdbc:mysql://address=(host=db)(password=secret)/forum, jdbc:mysql://…",
    })
    void nothingIsShownThatMayBeAPassword(String url, String shown) {
        assertThat(JdbcUrl.withoutSecrets(url)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://u:secret@db/forum",
                "jdbc:mysql://u@db/forum",
                "jdbc:postgresql://u:secret;t@db/forum",
                "jdbc:postgresql://u:secret@db?sslmode=disable"
            })
    void aUserBeforeTheHostIsRefused(String url) {
        assertThat(JdbcUrl.problem(url)).contains("before the host").doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/forum?user=me@corp",
                "jdbc:postgresql://db?user=me@corp",
                "jdbc:sqlite:/data/me@corp.db",
                "jdbc:h2:mem:one"
            })
    void otherUrlsAreNot(String url) {
        assertThat(JdbcUrl.problem(url)).isNull();
    }
}
