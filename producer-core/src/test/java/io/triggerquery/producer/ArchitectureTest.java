package io.triggerquery.producer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.triggerquery.architecture.CommonRules;
import io.triggerquery.architecture.ConstructorRules;
import io.triggerquery.architecture.PublicApi;

/** Checks the architecture of the module. */
@AnalyzeClasses(packages = "io.triggerquery.producer", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests everyModules = ArchTests.in(CommonRules.class);

    @ArchTest
    static final ArchTests constructors = ArchTests.in(ConstructorRules.class);

    @ArchTest
    static final ArchRule apiDoesNotDependOnTheImplementation = noClasses()
            .that()
            .resideInAPackage("io.triggerquery.producer")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.triggerquery.producer.(*)..");

    @ArchTest
    static void the_public_api_is(JavaClasses classes) {
        assertThat(PublicApi.of(classes))
                .containsExactly(
                        "io.triggerquery.producer.Alarm",
                        "io.triggerquery.producer.AlarmHook",
                        "io.triggerquery.producer.NotRegisteredException",
                        "io.triggerquery.producer.PublishTrigger",
                        "io.triggerquery.producer.Receipt",
                        "io.triggerquery.producer.TriggerIdFormat",
                        "io.triggerquery.producer.TriggerPublisher",
                        "io.triggerquery.producer.TriggerRejectedException",
                        "io.triggerquery.producer.autoconfigure.AlarmProperties",
                        "io.triggerquery.producer.autoconfigure.DiskQueueProperties",
                        "io.triggerquery.producer.autoconfigure.MemoryQueueProperties",
                        "io.triggerquery.producer.autoconfigure.OutboxProperties",
                        "io.triggerquery.producer.autoconfigure.OwnKafkaProperties",
                        "io.triggerquery.producer.autoconfigure.RelayServiceProperties",
                        "io.triggerquery.producer.autoconfigure.ScheduleProperties",
                        "io.triggerquery.producer.autoconfigure.StrategyName",
                        "io.triggerquery.producer.autoconfigure.TriggerProducerAutoConfiguration",
                        "io.triggerquery.producer.autoconfigure.TriggerProducerProperties",
                        "io.triggerquery.producer.spi.TriggerSendObservation",
                        "io.triggerquery.producer.spi.TriggerSendObservationConvention");
    }
}
