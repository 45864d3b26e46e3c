package dev.threadsmigration.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/** The pace as the job file has it now: whoever edits the file changes the pace of the run that was started with it. */
public final class LivePace {

    private static final Logger LOG = LoggerFactory.getLogger(LivePace.class);

    private static final List<String> STRONGER_THAN_THE_FILE = List.of(
            CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME,
            StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);

    private final ConfigurableEnvironment environment;
    private final @Nullable Path file;
    private @Nullable FileTime read;
    private Pace pace;

    public LivePace(ConfigurableEnvironment environment, MigrationProperties properties) {
        this.environment = environment;
        this.pace = properties.pace();
        this.file = JobFileLocation.in(environment);
        this.read = file == null ? null : changed(file);
    }

    private static @Nullable FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return null;
        }
    }

    /** The pace now; as it was where the file cannot be read. */
    public synchronized Pace current() {
        FileTime changed = file == null ? null : changed(file);
        if (file != null && changed != null && !changed.equals(read)) {
            read = changed;
            try {
                Pace now = read(file);
                if (!now.equals(pace)) {
                    LOG.info(
                            "The job file has changed. Records a second: {}. Pauses when: {}.",
                            now.maxRecordsPerSecond() == null ? "as many as it can" : now.maxRecordsPerSecond(),
                            now.pauseWhen());
                    pace = now;
                }
            } catch (IOException | RuntimeException e) {
                LOG.warn("The job file has changed and cannot be read ({}): the pace stays as it was.", e.getMessage());
            }
        }
        return pace;
    }

    /** What the command line and environment variables say holds against the file, as it did at the start. */
    private Pace read(Path jobFile) throws IOException {
        List<PropertySource<?>> sources = new ArrayList<>();
        for (String stronger : STRONGER_THAN_THE_FILE) {
            PropertySource<?> source = environment.getPropertySources().get(stronger);
            if (source != null) {
                sources.add(source);
            }
        }
        sources.addAll(new YamlPropertySourceLoader().load("job file", new FileSystemResource(jobFile)));
        Binder binder = new Binder(ConfigurationPropertySources.from(sources), JobFile.strict(environment));
        return new Pace(
                binder.bind("migration.max-records-per-second", Long.class).orElse(null),
                binder.bind("migration.pause-when", Bindable.of(PauseWhen.class), new UnitsBindHandler())
                        .orElse(PauseWhen.NEVER));
    }
}
