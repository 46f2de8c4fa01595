package io.triggerquery.console.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.console.internal.part.ConsolePart;
import io.triggerquery.consumer.autoconfigure.ResyncAutoConfiguration;
import io.triggerquery.consumer.autoconfigure.TriggerQueryActuatorAutoConfiguration;
import io.triggerquery.consumer.autoconfigure.TriggerQueryAutoConfiguration;
import io.triggerquery.producer.autoconfigure.TriggerProducerAutoConfiguration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.web.servlet.function.RouterFunction;

/** The console's settings at the start. */
class ConsoleStartTest {

    private static final String ON = "triggerquery.console.enabled=true";
    private static final Class<?>[] CONSUMER = {
        TriggerQueryAutoConfiguration.class, TriggerQueryActuatorAutoConfiguration.class, ResyncAutoConfiguration.class
    };

    private final WebApplicationContextRunner withProducer = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    TriggerConsoleAutoConfiguration.class,
                    KafkaAutoConfiguration.class,
                    TriggerProducerAutoConfiguration.class))
            .withPropertyValues(
                    "spring.application.name=test",
                    "triggerquery.producer.strategy=memory-queue",
                    "triggerquery.producer.destinations.thing.topic=things");
    private final WebApplicationContextRunner secured = withProducer.withConfiguration(AutoConfigurations.of(CONSUMER));
    private final WebApplicationContextRunner withoutSecurity = without(secured);

    private static WebApplicationContextRunner without(WebApplicationContextRunner runner, String... more) {
        return runner.withClassLoader(
                new FilteredClassLoader(Stream.concat(Stream.of("org.springframework.security"), Stream.of(more))
                        .toArray(String[]::new)));
    }

    private static void assertParts(AssertableWebApplicationContext context, String... names) {
        assertThat(context).hasNotFailed();
        assertThat(context.getBeansOfType(ConsolePart.class).values())
                .extracting(ConsolePart::name)
                .containsExactlyInAnyOrder(names);
    }

    @Test
    void isOffByDefault() {
        withoutSecurity.run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(RouterFunction.class)
                .doesNotHaveBean(ConsolePart.class));
    }

    @Test
    void showsBothSidesWithoutExposedEndpoint() {
        withoutSecurity.withPropertyValues(ON).run(context -> assertParts(context, "consumer", "producer"));
    }

    @Test
    void showsConsumerAlone() {
        without(new WebApplicationContextRunner(), "io.triggerquery.producer")
                .withConfiguration(AutoConfigurations.of(CONSUMER))
                .withConfiguration(
                        AutoConfigurations.of(TriggerConsoleAutoConfiguration.class, KafkaAutoConfiguration.class))
                .withPropertyValues(ON)
                .run(context -> assertParts(context, "consumer"));
    }

    @Test
    void showsProducerAlone() {
        without(withProducer, "io.triggerquery.consumer")
                .withPropertyValues(ON)
                .run(context -> assertParts(context, "producer"));
    }

    @Test
    void runsWithoutActuator() {
        without(secured, "org.springframework.boot.actuate", "org.springframework.boot.health")
                .withPropertyValues(ON)
                .run(context -> assertParts(context, "consumer", "producer"));
    }

    @Test
    void startsWithRolesIfSpringSecurityIsPresent() {
        secured.withPropertyValues(ON, "triggerquery.console.read-role=VIEWER")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(RouterFunction.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "triggerquery.console.path=/triggerquery | triggerquery.console.read-role is not set",
                "triggerquery.console.read-role= | triggerquery.console.read-role is not set",
                "triggerquery.console.allow-remote=false | triggerquery.console.allow-remote has no effect"
            })
    void refusesWithSpringSecurity(String setting, String sentence) {
        secured.withPropertyValues(ON, setting)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(FailureAnalyzedException.class)
                        .hasMessageContaining(sentence));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "triggerquery.console.read-role=VIEWER | triggerquery.console.read-role has no effect",
                "triggerquery.console.operate-role=OPERATOR | triggerquery.console.operate-role has no effect"
            })
    void rejectsRolesWithoutSpringSecurity(String setting, String sentence) {
        withoutSecurity
                .withPropertyValues(ON, setting)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(FailureAnalyzedException.class)
                        .hasMessageContaining(sentence));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "triggerquery", "/a b", "/a/../b?", "/{id}", "/a/**", "//x"})
    void rejectsInvalidPath(String path) {
        withoutSecurity
                .withPropertyValues(ON, "triggerquery.console.path=" + path)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("triggerquery.console.path"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"triggerquery.console.read-rol", "triggerquery.console.enable", "triggerquery.console.path.x"})
    void rejectsUnknownSettingEvenWhenDisabled(String setting) {
        withoutSecurity
                .withPropertyValues(setting + "=hush")
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(FailureAnalyzedException.class)
                        .hasMessageContaining(setting)
                        .hasMessageNotContaining("hush"));
    }

    @Test
    void startsWithPlatformVariables() {
        withoutSecurity
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of(
                                        "TRIGGERQUERY_CONSOLE_SERVICE_HOST", "10.0.0.1",
                                        "TRIGGERQUERY_CONSOLE_ENABLED", "true",
                                        "TRIGGERQUERY_CONSOLE_ALLOWREMOTE", "true"))))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(RouterFunction.class));
    }

    @Test
    void rejectsReactiveApplication() {
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(TriggerConsoleAutoConfiguration.class))
                .withPropertyValues(ON)
                .run(context -> assertThat(context.getStartupFailure()).hasMessageContaining("Spring MVC"));
    }

    @Test
    void isNotServedWithoutWebServer() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(TriggerConsoleAutoConfiguration.class))
                .withPropertyValues(ON)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RouterFunction.class));
    }
}
