package dev.threadsmigration.cli;

import dev.threadsmigration.config.JobFileException;
import dev.threadsmigration.config.JobFileLocation;
import dev.threadsmigration.config.JobFileSyntax;
import dev.threadsmigration.config.MapKeys;
import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.config.Presets;
import dev.threadsmigration.config.SampleSize;
import dev.threadsmigration.database.DryRunDataSource;
import dev.threadsmigration.demo.DemoDatabase;
import dev.threadsmigration.job.BatchConfiguration;
import dev.threadsmigration.job.DatabaseConfiguration;
import dev.threadsmigration.job.MigrateJobConfiguration;
import dev.threadsmigration.job.RetryJobConfiguration;
import dev.threadsmigration.job.RollbackJobConfiguration;
import dev.threadsmigration.job.RunOptions;
import dev.threadsmigration.job.SyncJobConfiguration;
import dev.threadsmigration.job.ValidateJobConfiguration;
import dev.threadsmigration.report.CommandText;
import dev.threadsmigration.report.Progress;
import dev.threadsmigration.report.VisibleText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.context.ConfigurableApplicationContext;

/** One command's application: its settings and, made when they are needed, its collaborators. */
final class Session implements AutoCloseable {

    static final String DEMO = "jobs/demo.yml";

    private static final Logger LOG = LoggerFactory.getLogger("dev.threadsmigration.summary");

    private final ConfigurableApplicationContext context;
    private final RunOptions options;
    private final CommandOptions commandOptions;

    private Session(ConfigurableApplicationContext context, RunOptions options, CommandOptions commandOptions) {
        this.context = context;
        this.options = options;
        this.commandOptions = commandOptions;
    }

    /** @throws JobFileException where the settings cannot be used */
    static Session open(String command, CommandOptions commandOptions, List<String> properties) {
        if (commandOptions.report != null && Files.isDirectory(commandOptions.report)) {
            throw new UsageException("--report %s is a folder: name the file to write, such as %s"
                    .formatted(commandOptions.report, commandOptions.report.resolve("report.json")));
        }
        RunOptions options = new RunOptions(command, commandOptions.dryRun, sample(commandOptions.sample));
        SpringApplication application = new SpringApplication(
                DatabaseConfiguration.class,
                BatchConfiguration.class,
                MigrateJobConfiguration.class,
                ValidateJobConfiguration.class,
                RetryJobConfiguration.class,
                RollbackJobConfiguration.class,
                SyncJobConfiguration.class);
        application.addInitializers(context -> {
            context.getBeanFactory().registerSingleton("runOptions", options);
            context.getBeanFactory().registerSingleton("progress", new Progress(Clock.systemUTC()));
        });
        List<String> arguments = new ArrayList<>(properties);
        arguments.add(JobFileLocation.argument("classpath:/application.yml", location(commandOptions.jobFile)));
        ConfigurableApplicationContext context = start(application, arguments);
        Session session = new Session(context, options, commandOptions);
        try {
            session.prepare();
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static ConfigurableApplicationContext start(SpringApplication application, List<String> arguments) {
        try {
            return application.run(arguments.toArray(String[]::new));
        } catch (RuntimeException e) {
            for (Throwable cause : Causes.of(e)) {
                if (cause instanceof JobFileException known) {
                    throw known;
                }
                if (cause instanceof ConfigDataException
                        || cause.getClass().getName().contains("yaml")) {
                    throw new JobFileException("The job file cannot be read: " + Causes.describe(cause));
                }
            }
            throw e;
        }
    }

    private static @Nullable SampleSize sample(@Nullable Long records) {
        if (records != null && records < 1) {
            throw new UsageException("--sample must be above 0, not " + records);
        }
        return records == null ? null : new SampleSize(records);
    }

    private static String location(@Nullable Path jobFile) {
        if (jobFile == null) {
            return "classpath:/" + DEMO;
        }
        if (!Files.isRegularFile(jobFile) || !Files.isReadable(jobFile)) {
            throw new JobFileException("There is no job file %s that can be read (looked in %s)."
                    .formatted(jobFile, Path.of("").toAbsolutePath()));
        }
        JobFileSyntax.check(jobFile);
        return JobFileLocation.of(jobFile);
    }

    /** Settings are bound before anything else, so that nothing is touched where they are wrong. */
    private void prepare() {
        // Not while Spring starts, which would log what is wrong with them in a page of its own.
        MapKeys.keepIn(context.getEnvironment());
        Presets.addTo(context.getEnvironment());
        MigrationProperties properties = properties();
        if (properties.demo()) {
            try {
                DemoDatabase.createIfAbsent(legacy(), demoTarget());
            } catch (SQLException e) {
                throw new JobFileException(
                        "The demo cannot be made, for which the folder %s must be one that you may write into: %s"
                                .formatted(Path.of("").toAbsolutePath(), Causes.describe(e)));
            }
        }
    }

    private DataSource demoTarget() throws SQLException {
        DataSource target = dataSource("target");
        return target.isWrapperFor(DryRunDataSource.class)
                ? target.unwrap(DryRunDataSource.class).lasting()
                : target;
    }

    MigrationProperties properties() {
        return get(MigrationProperties.class);
    }

    RunOptions options() {
        return options;
    }

    CommandOptions commandOptions() {
        return commandOptions;
    }

    DataSource legacy() {
        return dataSource("legacy");
    }

    DataSource target() {
        return dataSource("target");
    }

    private DataSource dataSource(String qualifier) {
        return BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getBeanFactory(), DataSource.class, qualifier);
    }

    <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    <T> T get(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    /** Tells a person how it went; where the log is for machines, as one of its lines. */
    void say(String text) {
        if (context.getEnvironment()
                .getProperty("logging.structured.format.console", "")
                .isEmpty()) {
            System.out.println(VisibleText.of(text));
        } else {
            LOG.info(text.strip());
        }
    }

    /** The job that the command runs. */
    String jobName() {
        return commandOptions.undo ? "undo" : options.command();
    }

    /** What the command does, as a verb. */
    String verb() {
        return commandOptions.undo ? "undo" : options.command().equals("rollback") ? "roll back" : options.command();
    }

    /** @param verb what there is nothing to do of */
    UsageException notStarted(String verb) {
        return new UsageException("Migration '%s' has not been started. Nothing to %s."
                .formatted(properties().name(), verb));
    }

    /** The command line that runs another command on the same job file. */
    String commandLine(String command) {
        return CommandText.of(command, commandOptions.jobFileArgument());
    }

    @Override
    public void close() {
        context.close();
    }
}
