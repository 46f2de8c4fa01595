package io.triggerquery.relayservice.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.producer.autoconfigure.TriggerProducerProperties;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Invalid settings of the callers stop the start, and no password is printed. */
@ExtendWith(OutputCaptureExtension.class)
class CallerSettingsTest {

    private static final String SECRET = "s3cr3t";

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({Callers.class, TriggerProducerProperties.class})
    static class Application {

        @Bean
        static BeanFactoryPostProcessor unknownSettings(Environment environment) {
            return SecurityConfiguration.unknownSettings(environment);
        }
    }

    private static ConfigurableApplicationContext start(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "--spring.main.banner-mode=off",
                "--spring.config.location=optional:classpath:/none/",
                "--triggerquery.relay-service.callers.bob.password={noop}" + SECRET,
                "--triggerquery.relay-service.callers.bob.destinations=changed"));
        for (String setting : settings) {
            all.add("--triggerquery.relay-service" + setting);
        }
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".callers.alice.password=s3cr3t",
                ".callers.alice.password={rot13}s3cr3t",
                ".callers.alice.password={noop}",
                ".callers.alice.password[0]={noop}s3cr3t",
                ".callers.alice.password.value={noop}s3cr3t",
                ".callers.alice={noop}s3cr3t",
                ".callers={noop}s3cr3t",
                ".callers.alice.pasword={noop}s3cr3t",
                ".caller.alice.password={noop}s3cr3t",
                "s.callers.alice.password={noop}s3cr3t",
                ".callers.bob.destinations.s3cr3t=",
                ".callers.alice.destinations="
            })
    void failedStartPrintsNoSecret(String setting, CapturedOutput output) {
        assertThatThrownBy(() -> start(setting).close()).satisfies(failure -> {
            var trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain("{noop}s3").doesNotContain("}s3cr3t");
        });
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("triggerquery.relay-service")
                .doesNotContain("=s3cr3t")
                .doesNotContain("}s3cr3t");
    }

    @ParameterizedTest
    @CsvSource({
        ".callers.bob.pasword, .callers.bob.password",
        ".callers.bob.destination, .callers.bob.destinations",
        ".caller.bob.password, .callers.bob.password"
    })
    void misspeltSettingStopsTheStart(String misspelt, String meant, CapturedOutput output) {
        assertThatThrownBy(() -> start(misspelt + "=x").close());
        assertThat(output).contains("Did you mean triggerquery.relay-service" + meant + "?");
    }

    @Test
    void validSettingsArePrintedWithoutSecrets() {
        try (var application = start()) {
            Callers callers = application.getBean(Callers.class);
            assertThat(callers.mayUse("bob", "changed")).isTrue();
            assertThat(callers.toString()).doesNotContain(SECRET);
        }
    }
}
