package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import io.triggerquery.consumer.internal.listener.TriggerListeners;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Starts an application without a broker, and returns its listeners or the failure. */
final class StartUp {

    static final String URL = "triggerquery.sources.things.url=http://127.0.0.1:9";

    private final List<Class<?>> beans = new ArrayList<>(List.of(Application.class));
    private final List<String> settings = new ArrayList<>(List.of(
            "spring.main.banner-mode=off",
            "spring.kafka.bootstrap-servers=127.0.0.1:9",
            "spring.kafka.consumer.group-id=g",
            "spring.kafka.listener.auto-startup=false"));
    private final List<ApplicationContextInitializer<?>> initializers = new ArrayList<>();

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    @Source("things")
    interface Things {

        @RequestLine("GET /api/things/{id}")
        Thing byId(@Param("id") String id);
    }

    record Thing(String id) {}

    static StartUp of(Class<?>... beans) {
        var start = new StartUp();
        start.beans.addAll(List.of(beans));
        return start.with(URL);
    }

    /** Removes the address of the source. */
    StartUp withoutUrl() {
        settings.remove(URL);
        return this;
    }

    StartUp with(String... more) {
        for (String setting : more) {
            String name = setting.substring(0, setting.indexOf('=') + 1);
            settings.removeIf(given -> given.startsWith(name));
            settings.add(setting);
        }
        return this;
    }

    /** Adds environment variables. */
    StartUp in(Map<String, Object> variables) {
        return prepared(context -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables)));
    }

    StartUp prepared(ApplicationContextInitializer<ConfigurableApplicationContext> initializer) {
        initializers.add(initializer);
        return this;
    }

    ConfigurableApplicationContext run() {
        return new SpringApplicationBuilder(beans.toArray(Class<?>[]::new))
                .initializers(initializers.toArray(ApplicationContextInitializer<?>[]::new))
                .run(settings.stream().map(setting -> "--" + setting).toArray(String[]::new));
    }

    /** Returns the listeners of the application. */
    List<String> listeners() {
        try (var application = run()) {
            return listeners(application);
        }
    }

    static List<String> listeners(ConfigurableApplicationContext application) {
        return application.getBean(TriggerListeners.class).operations().stream()
                .map(ListenerOperations::id)
                .toList();
    }

    /** Fails to start. Returns the reported failure. */
    String fails(CapturedOutput output) {
        int before = output.toString().length();
        assertThatThrownBy(() -> run().close());
        String said = output.toString().substring(before);
        assertThat(said).contains("APPLICATION FAILED TO START");
        return said;
    }
}
