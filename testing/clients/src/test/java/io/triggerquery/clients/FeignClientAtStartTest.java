package io.triggerquery.clients;

import static org.assertj.core.api.Assertions.assertThat;

import feign.Logger.NoOpLogger;
import feign.Retryer;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.autoconfigure.ResyncAutoConfiguration;
import io.triggerquery.consumer.autoconfigure.TriggerQueryAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignAutoConfiguration;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.cloud.openfeign.FeignLoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The log and the checks of a listener's {@code @FeignClient} at the start of an application. */
@ExtendWith(OutputCaptureExtension.class)
class FeignClientAtStartTest {

    record Thing(String id) {}

    @Source("things")
    @FeignClient(name = "things", url = "http://127.0.0.1:9", path = "api")
    interface Things {

        @GetMapping("/things/{id}")
        Thing byId(@PathVariable("id") String id);
    }

    @EnableFeignClients(clients = Things.class)
    static class Projection {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(Thing thing) {}
    }

    private static final ApplicationContextRunner APPLICATION = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    KafkaAutoConfiguration.class,
                    HttpMessageConvertersAutoConfiguration.class,
                    FeignAutoConfiguration.class,
                    ResyncAutoConfiguration.class,
                    TriggerQueryAutoConfiguration.class))
            .withPropertyValues("spring.kafka.listener.auto-startup=false", "spring.kafka.consumer.group-id=g")
            .withBean(FeignLoggerFactory.class, () -> type -> new NoOpLogger())
            .withUserConfiguration(Projection.class);
    private static final ApplicationContextRunner WAITING = APPLICATION.withBean(Retryer.class, Retryer.Default::new);

    @Test
    void logsHowItIsCalledAndWhy(CapturedOutput output) {
        APPLICATION.run(application -> assertThat(application).hasNotFailed());
        assertThat(output)
                .contains("queries the source things (http://127.0.0.1:9/api, as " + Things.class.getName()
                        + " is configured) and projects with");
        WAITING.run(application -> assertThat(application).hasNotFailed());
        assertThat(output)
                .contains(
                        "queries the source things (a bean of type " + Things.class.getName()
                                + "; a thread waits for each call, because of its Retryer feign.Retryer$Default) and projects with");
    }

    @Test
    void httpClientSettingsApplyToNonBlockingCallsOnly() {
        String[] settings = {
            "triggerquery.sources.things.read-timeout=2s",
            "triggerquery.sources.things.connect-timeout=2s",
            "triggerquery.sources.things.max-answer-size=2MB",
            "triggerquery.sources.things.bearer-token=abc"
        };
        APPLICATION
                .withPropertyValues(settings)
                .run(application -> assertThat(application).hasNotFailed());
        WAITING.withPropertyValues(settings)
                .run(application -> assertThat(application)
                        .getFailure()
                        .hasMessageContaining("triggerquery.sources.things.connect-timeout,"
                                + " triggerquery.sources.things.read-timeout, triggerquery.sources.things.max-answer-size,"
                                + " triggerquery.sources.things.bearer-token would have no effect, because the application has a"
                                + " bean of type " + Things.class.getName())
                        .hasMessageContaining("and is called as it is because of its Retryer feign.Retryer$Default"));
    }

    @Test
    void addressIsThatOfTheFeignClient() {
        APPLICATION
                .withPropertyValues("triggerquery.sources.things.url=http://127.0.0.1:9")
                .run(application -> assertThat(application)
                        .getFailure()
                        .hasMessageContaining(
                                "triggerquery.sources.things.url would have no effect, because the address" + " of "
                                        + Things.class.getName() + " is the one of its @FeignClient."));
        APPLICATION
                .withPropertyValues("triggerquery.sources.things.ssl-bundle=mutual")
                .run(application -> assertThat(application)
                        .getFailure()
                        .hasMessageContaining("ssl-bundle would have no effect, because the address of "
                                + Things.class.getName() + " is not an https address."));
    }

    @Test
    void anyIdsArePermittedWithNonBlockingCallsOnly() {
        String anyIds = "triggerquery.listeners.things.unicode-ids=true";
        APPLICATION
                .withPropertyValues(anyIds)
                .run(application -> assertThat(application).hasNotFailed());
        WAITING.withPropertyValues(anyIds)
                .run(application -> assertThat(application)
                        .getFailure()
                        .hasMessageContaining("does not encode '/' and '%' in paths"));
    }
}
