package dev.threadsmigration.crash;

import dev.threadsmigration.support.CommandRun;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command in this JVM, which takes a fifth of what a process of its own does; no other goes on beside it here. */
final class CommandThread implements RunningCommand {

    private static final long STACK_BYTES = 16L << 20;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final FutureTask<Integer> end;

    private CommandThread(List<String> words) {
        end = new FutureTask<>(() -> CommandRun.into(output, output, words));
    }

    static CommandThread start(List<String> words) {
        CommandThread command = new CommandThread(words);
        new Thread(null, command.end, "command", STACK_BYTES).start();
        return command;
    }

    @Override
    public String output() {
        return output.toString(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isAlive() {
        return !end.isDone();
    }

    @Override
    public int exitCode() {
        try {
            return end.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("did not end: " + output());
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
