package io.laminar.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which module may use what: the table in docs and ARCHITECTURE, as tests. */
class DependencyTest {

    private static final String[] FLINK_MODULES = {
        "io.laminar.flink..", "io.laminar.connector..", "io.laminar.testing..", "io.laminar.benchmark..",
    };

    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.laminar");

    @Test
    void theImportSeesEveryModule() {
        for (String name : new String[] {
            "spi", "connector", "plan", "sql", "execution", "flink", "format", "metadata", "server", "testing"
        }) {
            assertTrue(
                    CLASSES.stream().anyMatch(c -> c.getPackageName().startsWith("io.laminar." + name)),
                    "no class of io.laminar." + name + " was read, so no rule about it can fail");
        }
    }

    @Test
    void flinkStaysInItsModules() {
        noClasses()
                .that()
                .resideOutsideOfPackages(FLINK_MODULES)
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.flink.."))
                .check(CLASSES);
    }

    @Test
    void calciteStaysInTheSqlModule() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.laminar.sql..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.calcite.."))
                .check(CLASSES);
    }

    @Test
    void generatedCodeIsCompiledInTheExecutionModuleOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.laminar.execution..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.codehaus.janino..", "org.codehaus.commons.compiler.."))
                .check(CLASSES);
    }

    @Test
    void spiUsesNothingOfLaminar() {
        allowed("io.laminar.spi..");
    }

    @Test
    void planUsesTheSpiOnly() {
        allowed("io.laminar.plan..", "io.laminar.spi..");
    }

    @Test
    void sqlUsesSpiAndPlan() {
        allowed("io.laminar.sql..", "io.laminar.spi..", "io.laminar.plan..");
    }

    @Test
    void executionUsesSpiAndPlan() {
        allowed("io.laminar.execution..", "io.laminar.spi..", "io.laminar.plan..");
    }

    @Test
    void metadataUseTheSpiOnly() {
        allowed("io.laminar.metadata..", "io.laminar.spi..");
    }

    @Test
    void theWebServerIsKnownToTheRoutesOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.laminar.server.http..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet.."))
                .check(CLASSES);
    }

    @Test
    void theServerKnowsNoClient() {
        noClasses()
                .that()
                .resideInAPackage("io.laminar.server..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.laminar.cli..", "io.laminar.client.."))
                .check(CLASSES);
    }

    @Test
    void databasesAreForMetadataAndTheirConnector() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.laminar.metadata..", "io.laminar.connector.jdbc..", "io.laminar.testing..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "org.jdbi..", "org.flywaydb.."))
                .check(CLASSES);
    }

    @Test
    void formatsUseTheSpiOnly() {
        allowed("io.laminar.format..", "io.laminar.spi..");
    }

    @Test
    void connectorsUseTheSpisOnly() {
        allowed("io.laminar.connector..", "io.laminar.spi..");
    }

    @Test
    void theProductKnowsNoTests() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.laminar.testing..", "io.laminar.benchmark..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.laminar.testing.."))
                .check(CLASSES);
    }

    /** Checks that the classes of the first package use no Laminar class but of these packages. */
    private static void allowed(String from, String... others) {
        String[] all = new String[others.length + 1];
        all[0] = from;
        System.arraycopy(others, 0, all, 1, others.length);
        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.laminar..")
                        .and(com.tngtech.archunit.base.DescribedPredicate.not(resideInAnyPackage(all))))
                .check(CLASSES);
    }

    @Test
    void packagesOfAModuleHaveNoCycles() {
        for (String module : new String[] {
            "spi", "plan", "sql", "execution", "flink", "format", "metadata", "server", "cli", "testing"
        }) {
            slices().matching("io.laminar." + module + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }
}
