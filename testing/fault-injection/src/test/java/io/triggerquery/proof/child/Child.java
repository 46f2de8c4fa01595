package io.triggerquery.proof.child;

import io.triggerquery.producer.autoconfigure.ProducerStrategies;
import io.triggerquery.producer.internal.relay.Backlog;
import io.triggerquery.proof.journal.Entry.Answer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.ToLongFunction;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A service that is killed at any moment. Its settings are arguments; commands come on its standard input, one a line:
 * {@code go}, {@code pause}, {@code waiting}, {@code parked}, {@code clock SECONDS}, {@code stop}. It dies with whoever
 * started it.
 */
public final class Child {

    /** Makes the ids of this process differ from those of the ones before it. */
    public static final String ORIGIN = "proof.origin";

    /** How many transactions are done in a second. */
    public static final String RATE = "proof.rate";

    /** Which destination is published to. */
    public static final String DESTINATION = "proof.destination";

    /** Of {@link Phase}, when in their transactions. */
    public static final String PHASE = "proof.phase";

    /** Whether the command {@code clock} is understood, which sets the clock so many seconds ahead. */
    public static final String OWN_CLOCK = "proof.own-clock";

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Publishing.class, OwnClock.class})
    static class Application {}

    private final ConfigurableApplicationContext context;
    private final Workload workload;
    private final Out out = new Out();

    private Child(ConfigurableApplicationContext context) {
        this.context = context;
        String origin = context.getEnvironment().getRequiredProperty(ORIGIN);
        int rate = context.getEnvironment().getRequiredProperty(RATE, Integer.class);
        this.workload = new Workload(
                new RandomTransaction(
                        new TransactionTemplate(context.getBean(PlatformTransactionManager.class)),
                        context.getBean(JdbcClient.class),
                        context.getBean(Publishing.class),
                        new RandomIds(origin),
                        out),
                rate);
    }

    public static void main(String[] arguments) throws Exception {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                // not that of a service that happens to be on the class path
                .properties("spring.config.name=proof", "spring.main.banner-mode=off")
                .run(arguments);
        new Child(context).obey();
        Runtime.getRuntime().halt(0);
    }

    private void obey() throws Exception {
        answer("ready");
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] command = line.split(" ");
            switch (command[0]) {
                case "go" -> workload.go();
                case "pause" -> {
                    workload.pause();
                    answer("paused");
                }
                case "waiting" -> answer(sum(Backlog::pending));
                case "parked" -> answer(sum(Backlog::parked));
                case "clock" -> {
                    context.getBean(OwnClock.class).setAhead(Duration.ofSeconds(Long.parseLong(command[1])));
                    answer("set");
                }
                case "stop" -> {
                    context.close();
                    answer("stopped");
                    return;
                }
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    private void answer(String text) {
        out.tell(new Answer(text));
    }

    private String sum(ToLongFunction<Backlog> of) {
        return Long.toString(context.getBean(ProducerStrategies.class).relays().values().stream()
                .mapToLong(relay -> of.applyAsLong(relay.store().backlog()))
                .sum());
    }
}
