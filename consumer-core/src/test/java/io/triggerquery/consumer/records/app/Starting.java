package io.triggerquery.consumer.records.app;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts an application with H2 and without a broker; it scans this package, and those that are added. */
public final class Starting {

    private final List<String> settings = new ArrayList<>(List.of(
            "spring.main.banner-mode=off",
            "spring.kafka.bootstrap-servers=127.0.0.1:9",
            "spring.kafka.consumer.group-id=g",
            "spring.kafka.listener.auto-startup=false",
            "spring.sql.init.schema-locations=classpath:records/thing.sql",
            "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID()));
    private final Class<?>[] beans;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    private Starting(Class<?>... beans) {
        this.beans = beans;
    }

    public static Starting of(Class<?>... beans) {
        return new Starting(beans);
    }

    /** With the address of the source, for applications with a listener. */
    public static Starting listening(Class<?>... beans) {
        return of(beans).with("triggerquery.sources.things.url=http://127.0.0.1:9");
    }

    public Starting with(String setting) {
        settings.removeIf(given -> given.startsWith(setting.substring(0, setting.indexOf('=') + 1)));
        settings.add(setting);
        return this;
    }

    public ConfigurableApplicationContext run() {
        Class<?>[] all = new Class<?>[beans.length + 1];
        all[0] = Application.class;
        System.arraycopy(beans, 0, all, 1, beans.length);
        return new SpringApplicationBuilder(all)
                .run(settings.stream().map(setting -> "--" + setting).toArray(String[]::new));
    }

    /** Returns why the application does not start, and what to do. */
    public String fails() {
        try (var running = run()) {
            throw new AssertionError("the application has started: " + running);
        } catch (RuntimeException failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof FailureAnalyzedException analyzed) {
                    return analyzed.analysis().getDescription() + " "
                            + analyzed.analysis().getAction();
                }
            }
            throw failure;
        }
    }
}
