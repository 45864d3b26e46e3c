package dev.threadsmigration.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.model.Entity;
import java.lang.reflect.Field;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TerminalScreenTests {

    @Test
    void theBarLeavesTheHandlerOfCtrlCAlone() throws ReflectiveOperationException {
        try (TerminalScreen screen = new TerminalScreen(100)) {
            screen.show(new Progress.Snapshot(Entity.THREADS, 100, 40, 0, 1, Duration.ofSeconds(2)));
        }

        Field jline = Class.forName("me.tongfei.progressbar.TerminalUtils").getDeclaredField("terminal");
        jline.setAccessible(true);
        assertThat(jline.get(null))
                .as("JLine's terminal, which takes the handler")
                .isNull();
    }
}
