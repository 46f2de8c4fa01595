package io.triggerquery.consumer;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.triggerquery.architecture.CommonRules;
import io.triggerquery.architecture.PublicApi;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "io.triggerquery.consumer", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests every_modules = ArchTests.in(CommonRules.class);

    @ArchTest
    static final ArchRule packages_depend_in_one_direction = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("api")
            .definedBy("io.triggerquery.consumer")
            .layer("spi")
            .definedBy("..consumer.spi")
            .layer("id")
            .definedBy("..consumer.internal.id")
            .layer("database")
            .definedBy("..consumer.internal.database")
            .layer("decoding")
            .definedBy("..consumer.internal.decoding")
            .layer("failure")
            .definedBy("..consumer.internal.failure")
            .layer("engine")
            .definedBy("..consumer.internal.engine")
            .layer("query")
            .definedBy("..consumer.internal.query")
            .layer("springcloud")
            .definedBy("..consumer.internal.springcloud")
            .layer("table")
            .definedBy("..consumer.internal.table")
            .layer("projection")
            .definedBy("..consumer.projection")
            .layer("resync")
            .definedBy("..consumer.internal.resync")
            .layer("monitor")
            .definedBy("..consumer.internal.monitor")
            .layer("reading")
            .definedBy("..consumer.internal.reading")
            .layer("letter")
            .definedBy("..consumer.internal.letter")
            .layer("metrics")
            .definedBy("..consumer.internal.metrics")
            .layer("control")
            .definedBy("..consumer.internal.control")
            .layer("kafka")
            .definedBy("..consumer.internal.kafka")
            .layer("listener")
            .definedBy("..consumer.internal.listener")
            .layer("actuate")
            .definedBy("..consumer.internal.actuate")
            .layer("autoconfigure")
            .definedBy("..consumer.autoconfigure")
            .whereLayer("failure")
            .mayOnlyAccessLayers("api")
            .whereLayer("spi")
            .mayOnlyAccessLayers("api")
            .whereLayer("id")
            .mayOnlyAccessLayers("api")
            .whereLayer("database")
            .mayOnlyBeAccessedByLayers("table", "projection", "resync")
            .whereLayer("database")
            .mayNotAccessAnyLayer()
            .whereLayer("decoding")
            .mayOnlyBeAccessedByLayers("kafka", "listener")
            .whereLayer("engine")
            .mayOnlyBeAccessedByLayers(
                    "decoding",
                    "query",
                    "metrics",
                    "resync",
                    "monitor",
                    "kafka",
                    "listener",
                    "actuate",
                    "autoconfigure")
            .whereLayer("query")
            .mayOnlyBeAccessedByLayers("springcloud", "listener", "autoconfigure")
            .whereLayer("springcloud")
            .mayOnlyBeAccessedByLayers("listener")
            .whereLayer("projection")
            .mayOnlyAccessLayers("api", "id", "database", "table")
            .whereLayer("projection")
            .mayOnlyBeAccessedByLayers("listener", "autoconfigure")
            .whereLayer("table")
            .mayOnlyAccessLayers("api", "id", "database")
            .whereLayer("table")
            .mayOnlyBeAccessedByLayers("projection")
            .whereLayer("resync")
            .mayOnlyBeAccessedByLayers("listener", "actuate", "autoconfigure")
            .whereLayer("monitor")
            .mayOnlyAccessLayers("api", "engine", "failure")
            .whereLayer("monitor")
            .mayOnlyBeAccessedByLayers("metrics", "listener", "actuate")
            .whereLayer("reading")
            .mayNotAccessAnyLayer()
            .whereLayer("letter")
            .mayNotAccessAnyLayer()
            .whereLayer("metrics")
            .mayOnlyBeAccessedByLayers("listener", "autoconfigure")
            .whereLayer("control")
            .mayOnlyAccessLayers("failure")
            .whereLayer("control")
            .mayOnlyBeAccessedByLayers("kafka", "listener", "actuate", "autoconfigure")
            .whereLayer("kafka")
            .mayOnlyBeAccessedByLayers("listener", "autoconfigure")
            .whereLayer("listener")
            .mayOnlyBeAccessedByLayers("actuate", "autoconfigure")
            .whereLayer("actuate")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("autoconfigure")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule the_engine_is_plain_java = noClasses()
            .that()
            .resideInAPackage("..engine")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.springframework..", "org.slf4j..", "org.apache.kafka..")
                    .and(not(named("org.apache.kafka.common.TopicPartition"))));

    @ArchTest
    static final ArchRule the_engine_asks_no_clock = noClasses()
            .that()
            .resideInAPackage("..engine")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule nobody_sleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static void the_public_api_is(JavaClasses classes) {
        assertThat(PublicApi.of(classes))
                .containsExactly(
                        "io.triggerquery.consumer.Absence",
                        "io.triggerquery.consumer.Column",
                        "io.triggerquery.consumer.FailureKind",
                        "io.triggerquery.consumer.FailureRule",
                        "io.triggerquery.consumer.Freshness",
                        "io.triggerquery.consumer.FreshnessResult",
                        "io.triggerquery.consumer.Id",
                        "io.triggerquery.consumer.Json",
                        "io.triggerquery.consumer.ProjectedIds",
                        "io.triggerquery.consumer.ProjectedVersions",
                        "io.triggerquery.consumer.ResyncSource",
                        "io.triggerquery.consumer.Snapshot",
                        "io.triggerquery.consumer.Source",
                        "io.triggerquery.consumer.Trigger",
                        "io.triggerquery.consumer.TriggerIdRule",
                        "io.triggerquery.consumer.TriggerQueryListener",
                        "io.triggerquery.consumer.TriggerQueryProjection",
                        "io.triggerquery.consumer.Version",
                        "io.triggerquery.consumer.autoconfigure.FreshnessAutoConfiguration",
                        "io.triggerquery.consumer.autoconfigure.ListenerProperties",
                        "io.triggerquery.consumer.autoconfigure.ProjectionGuardAutoConfiguration",
                        "io.triggerquery.consumer.autoconfigure.ResyncAutoConfiguration",
                        "io.triggerquery.consumer.autoconfigure.SourceProperties",
                        "io.triggerquery.consumer.autoconfigure.TriggerQueryActuatorAutoConfiguration",
                        "io.triggerquery.consumer.autoconfigure.TriggerQueryAutoConfiguration",
                        "io.triggerquery.consumer.autoconfigure.TriggerQueryProperties",
                        "io.triggerquery.consumer.projection.Candidate",
                        "io.triggerquery.consumer.projection.EndedTransactions",
                        "io.triggerquery.consumer.projection.ProjectionChangeListener",
                        "io.triggerquery.consumer.projection.ProjectionGuard",
                        "io.triggerquery.consumer.projection.TableProjection",
                        "io.triggerquery.consumer.spi.BackOff",
                        "io.triggerquery.consumer.spi.Decoded",
                        "io.triggerquery.consumer.spi.HttpClientCustomizer",
                        "io.triggerquery.consumer.spi.SourceQuery",
                        "io.triggerquery.consumer.spi.TriggerDecoder",
                        "io.triggerquery.consumer.spi.TriggerObservation",
                        "io.triggerquery.consumer.spi.TriggerObservationConvention");
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe(name, type -> type.getName().equals(name));
    }
}
