package dev.threadsmigration;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.threadsmigration.job.BatchConfiguration;
import java.sql.Statement;
import org.springframework.jdbc.core.JdbcOperations;

/** The rooms of the house, and which doors there are between them. */
@AnalyzeClasses(packages = "dev.threadsmigration", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTests {

    private static final String HOUSE = "dev.threadsmigration..";

    private static String room(String name) {
        return "dev.threadsmigration." + name + "..";
    }

    private static DescribedPredicate<JavaClass> ofOursBut(String... rooms) {
        String[] packages = java.util.Arrays.stream(rooms).map(RoomsTests::room).toArray(String[]::new);
        return resideInAPackage(HOUSE).and(DescribedPredicate.not(resideInAnyPackage(packages)));
    }

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("dev.threadsmigration.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a room that can be understood alone can be changed alone");

    @ArchTest
    static final ArchRule THE_MODEL_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage(room("model"))
            .should()
            .dependOnClassesThat(ofOursBut("model"))
            .because("everybody speaks in its words, so that it may need nobody's");

    @ArchTest
    static final ArchRule SETTINGS_KNOW_ONLY_THE_MODEL = noClasses()
            .that()
            .resideInAPackage(room("config"))
            .should()
            .dependOnClassesThat(ofOursBut("config", "model"))
            .because("a job file is read and judged before any database is touched");

    @ArchTest
    static final ArchRule SQL_HAS_ITS_PLACES = noClasses()
            .that()
            .resideOutsideOfPackages(
                    room("legacy"), room("target"), room("ledger"), room("database"), room("preflight"), room("demo"))
            // Its one statement is for the database in memory that a dry run keeps its jobs in, and nobody else sees.
            .and()
            .doNotBelongToAnyOf(BatchConfiguration.class)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Statement.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(JdbcOperations.class)
            .because("identifiers are quoted and values bound where SQL is at home, and nowhere else");

    @ArchTest
    static final ArchRule VALIDATION_DOES_NOT_TRUST_THE_TRANSFORM = noClasses()
            .that()
            .resideInAPackage(room("validation"))
            .should()
            .dependOnClassesThat()
            .haveNameMatching("dev\\.threadsmigration\\.mapping\\."
                    + "(RecordMapper|MetadataMapping|IdMapping|Instants|CustomFields|Scalars|Texts|Content)")
            .because("a check that shares code with what it checks repeats its mistakes");

    @ArchTest
    static final ArchRule JOBS_ARE_STARTED_BY_THE_COMMAND_LINE_ALONE = classes()
            .that()
            .resideInAPackage(room("job"))
            .should()
            .onlyBeAccessed()
            .byAnyPackage(room("job"), room("cli"))
            .because("there is one way to start a job: under the migration's lock");

    @ArchTest
    static final ArchRule THE_COMMAND_LINE_IS_THE_FRONT_DOOR = classes()
            .that()
            .resideInAPackage(room("cli"))
            .should()
            .onlyBeAccessed()
            .byAnyPackage(room("cli"), "dev.threadsmigration")
            .because("who is inside has no business with the words that were typed");

    @ArchTest
    static final ArchRule THE_DEMO_NEEDS_NOTHING_OF_OURS = noClasses()
            .that()
            .resideInAPackage(room("demo"))
            .should()
            .dependOnClassesThat(ofOursBut("demo"))
            .because("what it holds must be wrong in its own words, not in those of the code that finds it out");
}
