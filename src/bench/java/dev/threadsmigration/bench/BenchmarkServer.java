package dev.threadsmigration.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL that everything runs on: one that was named, or else one from Maven packages, set up like a server. */
final class BenchmarkServer implements AutoCloseable {

    private final Database maintenance;
    private final @Nullable EmbeddedPostgres embedded;
    private final List<String> made = new ArrayList<>();

    private BenchmarkServer(Database maintenance, @Nullable EmbeddedPostgres embedded) {
        this.maintenance = maintenance;
        this.embedded = embedded;
        // Also after Ctrl-C nothing is left on a server of somebody else's.
        Runtime.getRuntime().addShutdownHook(new Thread(this::dropDatabases));
    }

    static BenchmarkServer start(BenchmarkSettings settings, Path folder) {
        if (!settings.url().isBlank()) {
            return new BenchmarkServer(new Database(settings.url(), settings.user(), settings.password()), null);
        }
        try {
            EmbeddedPostgres embedded = EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("server"))
                    .setPGStartupWait(Duration.ofMinutes(1))
                    // An embedded server would risk its data for speed.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("shared_buffers", "1GB")
                    .setServerConfig("max_wal_size", "8GB")
                    .start();
            String url = "jdbc:postgresql://localhost:" + embedded.getPort() + "/postgres";
            return new BenchmarkServer(new Database(url, "postgres", "postgres"), embedded);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a database that nobody else can have, and drops it in the end. */
    synchronized Database createDatabase(String role) {
        String name = "threads_migration_benchmark_%s_%s"
                .formatted(role, UUID.randomUUID().toString().substring(0, 8));
        maintenance.execute("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8'");
        made.add(name);
        return maintenance.named(name);
    }

    String describe() {
        return (embedded == null ? "" : "embedded ") + maintenance.ask("SELECT version()");
    }

    String setting(String name) {
        return maintenance.ask("SELECT current_setting('" + name + "')");
    }

    private synchronized void dropDatabases() {
        if (embedded == null) {
            made.forEach(name -> maintenance.execute("DROP DATABASE " + name + " WITH (FORCE)"));
            made.clear();
        }
    }

    @Override
    public void close() {
        dropDatabases();
        if (embedded != null) {
            try {
                embedded.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
