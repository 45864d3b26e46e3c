package dev.threadsmigration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.threadsmigration.support.Pages;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files under jobs/kubernetes say what Kubernetes understands, and what the image and the tool expect. */
class KubernetesManifestsTests {

    private static final Path FOLDER = Path.of("jobs/kubernetes");
    private static final String JOB_FILE = "/migration/jobs/migration.yml";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");
    private static final Map<String, Class<?>> KINDS = Map.of(
            "CronJob", CronJob.class,
            "Job", Job.class,
            "PersistentVolumeClaim", PersistentVolumeClaim.class,
            "Kustomization", Kustomization.class);

    private final Kustomization kustomization = manifest("kustomization.yaml", Kustomization.class);
    private final PersistentVolumeClaim reports = manifest("reports-pvc.yaml", PersistentVolumeClaim.class);
    private final CronJob cronJob = manifest("cronjob.yaml", CronJob.class);
    private final Job rollback = manifest("rollback-job.yaml", Job.class);
    private final JobSpec migrate = cronJob.getSpec().getJobTemplate().getSpec();

    @ParameterizedTest
    @MethodSource("yamlFiles")
    void isReadStrictly(String file) {
        Map<?, ?> tree = tree(text(file));
        if (!tree.containsKey("kind")) {
            assertThat(jobFiles()).as("what is no manifest is a job file").contains(file);
            return;
        }
        Class<?> type = KINDS.get(tree.get("kind"));
        assertThat(type).as("the class of kind %s", tree.get("kind")).isNotNull();
        Object manifest = manifest(file, type);
        if (manifest instanceof HasMetadata resource) {
            assertThat(tree.get("apiVersion")).isEqualTo(HasMetadata.getApiVersion(resource.getClass()));
            assertThat(tree.get("kind")).isEqualTo(HasMetadata.getKind(resource.getClass()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cronjob.yaml, concurrencyPolicy:, concurencyPolicy:",
        "cronjob.yaml, readOnlyRootFilesystem:, readOnlyRootFileSystem:",
        "cronjob.yaml, mountPath: /tmp, mountpath: /tmp",
        "cronjob.yaml, name: threads-migration-job, names: threads-migration-job",
        "cronjob.yaml, backoffLimit: 6, backoffLimit: '\"6\"'",
        "cronjob.yaml, '- migrate', '- 1'",
        "cronjob.yaml, timeZone: Etc/UTC, 'schedule: daily'",
        "rollback-job.yaml, generateName:, generatedName:",
        "rollback-job.yaml, onExitCodes:, onExitCode:",
        "reports-pvc.yaml, accessModes:, accesModes:",
        "kustomization.yaml, configMapGenerator:, configmapGenerator:",
        "kustomization.yaml, files:, file:",
    })
    void doesNotSurviveAMistake(String file, String right, String wrong) {
        String text = text(file);
        assertThat(text).contains(right);
        Class<?> type = KINDS.get(tree(text).get("kind"));
        assertThatThrownBy(() -> strictly(text.replace(right, wrong), type))
                .hasMessageContaining(wrong.replaceAll("^- |:.*", ""));
    }

    @Test
    void neverRunsTwiceAtATime() {
        assertThat(cronJob.getSpec().getConcurrencyPolicy()).isEqualTo("Forbid");
        assertThat(cronJob.getSpec().getStartingDeadlineSeconds()).isGreaterThan(10);
        assertThat(jobs()).allSatisfy(job -> {
            assertThat(job.getParallelism()).isNull();
            assertThat(job.getPodReplacementPolicy()).isEqualTo("Failed");
        });
    }

    @Test
    void everyTryIsANewPodThatHasTimeToCommitItsChunk() {
        assertThat(jobs()).allSatisfy(job -> assertThat(job.getBackoffLimit()).isPositive());
        assertThat(pods()).allSatisfy(pod -> {
            assertThat(pod.getRestartPolicy()).isEqualTo("Never");
            assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThanOrEqualTo(60);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "1, Count, Count",
        "2, FailJob, FailJob",
        "3, FailJob, FailJob",
        "4, Ignore, FailJob",
        "137, Count, Count",
        "143, Ignore, Ignore"
    })
    void theExitCodeDecidesWhetherToTryAgain(int exitCode, String afterMigrate, String afterRollback) {
        assertThat(actionOn(exitCode, migrate)).isEqualTo(afterMigrate);
        assertThat(actionOn(exitCode, rollback.getSpec())).isEqualTo(afterRollback);
    }

    @Test
    void aDrainedNodeIsNoFailure() {
        assertThat(jobs())
                .allSatisfy(job -> assertThat(job.getPodFailurePolicy().getRules())
                        .anySatisfy(rule -> {
                            assertThat(rule.getAction()).isEqualTo("Ignore");
                            assertThat(rule.getOnPodConditions())
                                    .extracting("type")
                                    .containsExactly("DisruptionTarget");
                        }));
    }

    @Test
    void runsWithoutPrivileges() {
        assertThat(pods()).allSatisfy(pod -> {
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getEnableServiceLinks()).isFalse();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            var ofContainer = container(pod).getSecurityContext();
            assertThat(ofContainer.getAllowPrivilegeEscalation()).isFalse();
            assertThat(ofContainer.getReadOnlyRootFilesystem()).isTrue();
            assertThat(ofContainer.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(ofContainer.getCapabilities().getAdd()).isEmpty();
        });
    }

    @Test
    void runsAsTheUserOfTheImage() {
        assertThat(pods()).allSatisfy(pod -> {
            var context = pod.getSecurityContext();
            assertThat(context.getRunAsUser()).isPositive();
            assertThat(ContainerCommand.instruction("USER"))
                    .isEqualTo(context.getRunAsUser() + ":" + context.getRunAsGroup());
            assertThat(context.getFsGroup()).isEqualTo(context.getRunAsGroup());
        });
    }

    @Test
    void writesOnlyReportsAndTemporaryFiles() {
        String reportsFolder = ContainerCommand.instruction("WORKDIR") + "/reports";
        assertThat(pods()).allSatisfy(pod -> {
            assertThat(container(pod).getVolumeMounts())
                    .filteredOn(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                    .extracting(VolumeMount::getMountPath)
                    .containsExactlyInAnyOrder(reportsFolder, "/tmp");
            assertThat(volumeAt(reportsFolder, pod).getPersistentVolumeClaim().getClaimName())
                    .isEqualTo(reports.getMetadata().getName());
            assertThat(volumeAt("/tmp", pod).getEmptyDir()).isNotNull();
        });
    }

    @Test
    void memoryIsLimitedAndReserved() {
        assertThat(pods()).allSatisfy(pod -> {
            var resources = container(pod).getResources();
            assertThat(resources.getLimits()).containsKeys("cpu", "memory");
            assertThat(resources.getRequests()).containsKeys("cpu", "memory");
            assertThat(resources.getRequests().get("memory"))
                    .isEqualTo(resources.getLimits().get("memory"))
                    .isGreaterThanOrEqualTo(new Quantity("512Mi"));
        });
    }

    @Test
    void theEntryPointOfTheImageStaysAndGetsACommandOfTheTool() {
        assertThat(pods())
                .allSatisfy(pod -> assertThat(container(pod).getCommand()).isEmpty());
        assertThat(ContainerCommand.ofCronJob().entrypoint()).startsWith("java");
        assertThat(ContainerCommand.ofCronJob().args())
                .isEqualTo(container(migrate).getArgs());
        assertThat(ContainerCommand.ofCronJob().args()).startsWith("migrate", JOB_FILE);
        assertThat(ContainerCommand.ofRollbackJob().args())
                .isEqualTo(container(rollback.getSpec()).getArgs())
                .startsWith("rollback", JOB_FILE)
                .contains("--yes");
    }

    /** ExitOnOutOfMemoryError ends the JVM with 3, which the contract of the exit codes keeps for differences. */
    @Test
    void outOfMemoryIsNotTakenForDifferences() {
        assertThat(ContainerCommand.ofCronJob().jvmArguments(Map.of()))
                .contains("-XX:+CrashOnOutOfMemoryError", "-XX:-CreateCoredumpOnCrash")
                .doesNotContain("-XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void theJobFileThatTheArgumentsNameIsInTheConfigMap() {
        assertThat(pods()).allSatisfy(pod -> {
            Path jobFile = Path.of(container(pod).getArgs().get(1));
            Volume volume = volumeAt(jobFile.getParent().toString(), pod);
            assertThat(kustomization.configMapGenerator())
                    .filteredOn(map -> map.name().equals(volume.getConfigMap().getName()))
                    .singleElement()
                    .satisfies(map -> assertThat(map.files())
                            .contains(jobFile.getFileName().toString()));
        });
        assertThat(kustomization.generatorOptions().disableNameSuffixHash())
                .as("the rollback Job is not renamed by kustomize")
                .isTrue();
    }

    @Test
    void everyPathThatTheArgumentsNameIsMounted() {
        Pattern absolutePath = Pattern.compile("(?:^|[=:,])(/[^,]+)");
        assertThat(pods()).allSatisfy(pod -> {
            List<Path> mounts = container(pod).getVolumeMounts().stream()
                    .map(mount -> Path.of(mount.getMountPath()))
                    .toList();
            assertThat(container(pod).getArgs())
                    .flatMap(argument -> groups(absolutePath, argument))
                    .hasSize(2)
                    .allSatisfy(path -> assertThat(mounts).anyMatch(Path.of(path)::startsWith));
        });
    }

    @Test
    void theSecretHoldsWhatTheJobFileAsksFor() {
        Map<?, ?> example = properties("secret.example.env");
        assertThat(groups(PLACEHOLDER, withoutComments("migration.yml")))
                .hasSize(4)
                .containsExactlyInAnyOrderElementsOf(
                        example.keySet().stream().map(Object::toString).toList())
                .as("the names of the README's first steps")
                .allSatisfy(name ->
                        assertThat(Pages.all().get(Path.of("README.md"))).contains(name + "=..."));
        String create = "kubectl create secret generic %s --from-env-file=secret.env";
        assertThat(pods()).allSatisfy(pod -> {
            String name =
                    volumeAt("/run/secrets/threads-migration", pod).getSecret().getSecretName();
            assertThat(text("secret.example.env")).contains(create.formatted(name));
            assertThat(text("kustomization.yaml")).contains(create.formatted(name));
        });
    }

    @ParameterizedTest
    @MethodSource("yamlFiles")
    void holdsNoPassword(String file) {
        assertThat(withoutComments(file).lines().map(String::strip))
                .noneMatch(line -> line.matches("(?i).*(password|passwd|pwd)[\"']? *[:=] *[^ $].*"))
                .noneMatch(line -> line.matches(".*://[^/]*:[^/]*@.*"))
                .doesNotContain("kind: Secret", "env:", "envFrom:");
    }

    @Test
    void theExampleSecretHoldsNoPasswordEither() {
        assertThat(properties("secret.example.env").entrySet())
                .filteredOn(entry -> entry.getKey().toString().endsWith("_PASSWORD"))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.getValue()).isEqualTo("change-me"));
        assertThat(text(".gitignore")).contains("secret.env");
    }

    @Test
    void nothingIsRolledBackByApplyingTheFolder() {
        assertThat(kustomization.resources()).containsExactlyInAnyOrder("cronjob.yaml", "reports-pvc.yaml");
        assertThat(rollback.getMetadata().getName()).isNull();
        assertThat(rollback.getMetadata().getGenerateName()).isNotBlank();
    }

    @Test
    void theRollbackRunsTheImageThatMigratedInTheSameSurroundings() {
        PodSpec ofMigrate = migrate.getTemplate().getSpec();
        PodSpec ofRollback = rollback.getSpec().getTemplate().getSpec();
        assertThat(ofRollback)
                .usingRecursiveComparison()
                .ignoringFields("containers.args")
                .isEqualTo(ofMigrate);
    }

    @Test
    void theCommandCanRunWithLocalPaths() {
        var localPaths = Map.of(
                "/migration/jobs", Path.of("/here/jobs"), "/run/secrets/threads-migration", Path.of("/here/$ecrets"));
        assertThat(ContainerCommand.ofCronJob().programArguments(localPaths))
                .containsExactly(
                        "migrate", "/here/jobs/migration.yml", "--spring.config.import=configtree:/here/$ecrets/");
        assertThat(ContainerCommand.ofCronJob().programArguments(Map.of("/migration/job", Path.of("/elsewhere"))))
                .isEqualTo(container(migrate).getArgs());
    }

    private Stream<JobSpec> jobs() {
        return Stream.of(migrate, rollback.getSpec());
    }

    private Stream<PodSpec> pods() {
        return jobs().map(job -> job.getTemplate().getSpec());
    }

    private static Container container(JobSpec job) {
        return container(job.getTemplate().getSpec());
    }

    private static Container container(PodSpec pod) {
        assertThat(pod.getContainers()).hasSize(1);
        return pod.getContainers().get(0);
    }

    private static Volume volumeAt(String path, PodSpec pod) {
        VolumeMount mount = container(pod).getVolumeMounts().stream()
                .filter(candidate -> candidate.getMountPath().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing is mounted at " + path));
        return pod.getVolumes().stream()
                .filter(volume -> volume.getName().equals(mount.getName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no volume " + mount.getName()));
    }

    /** As the Job controller does it: the first rule that matches, else the failure counts. */
    private static String actionOn(int exitCode, JobSpec job) {
        String container = container(job).getName();
        return job.getPodFailurePolicy().getRules().stream()
                .filter(rule -> rule.getOnExitCodes() != null)
                .filter(rule -> rule.getOnExitCodes().getOperator().equals("In"))
                .filter(rule -> rule.getOnExitCodes().getContainerName().equals(container))
                .filter(rule -> rule.getOnExitCodes().getValues().contains(exitCode))
                .map(PodFailurePolicyRule::getAction)
                .findFirst()
                .orElse("Count");
    }

    private List<String> jobFiles() {
        return kustomization.configMapGenerator().stream()
                .flatMap(map -> map.files().stream())
                .toList();
    }

    private static Stream<String> yamlFiles() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(".+\\.ya?ml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static <T> T manifest(String file, Class<T> type) {
        return strictly(text(file), type);
    }

    private static <T> T strictly(String yaml, Class<T> type) {
        return strictMapper().convertValue(tree(yaml), type);
    }

    /** Unknown fields fail, also in the model's classes, which would collect them; and nothing is taken for a string. */
    private static ObjectMapper strictMapper() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .annotationIntrospector(new WithoutAnySetters())
                .build();
        Stream.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)
                .forEach(
                        shape -> mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail));
        return mapper;
    }

    private static Map<?, ?> tree(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options)).load(yaml);
    }

    private static String text(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String withoutComments(String file) {
        return text(file).replaceAll("(?m)#.*$", "");
    }

    private static Map<Object, Object> properties(String file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text(file)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties;
    }

    private static List<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    private static class WithoutAnySetters extends JacksonAnnotationIntrospector {
        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    /** What kustomization.yaml may hold here; the Kubernetes model has no class for it. */
    private record Kustomization(
            String apiVersion,
            String kind,
            List<String> resources,
            List<ConfigMapArgs> configMapGenerator,
            GeneratorOptions generatorOptions) {}

    private record ConfigMapArgs(String name, List<String> files) {}

    private record GeneratorOptions(Boolean disableNameSuffixHash) {}
}
