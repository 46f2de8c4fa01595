package io.triggerquery.proof.child;

import io.triggerquery.producer.internal.relay.Backlog;
import io.triggerquery.producer.internal.relay.TriggerRelays;
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
 * {@code go}, {@code pause}, {@code waiting}, {@code parked}, {@code clock SECONDS}, {@code stop}. It ends with its
 * parent.
 */
public final class Child {

    /** The setting with the prefix of this process's ids. */
    public static final String ORIGIN = "proof.origin";

    /** The setting with the number of transactions a second. */
    public static final String RATE = "proof.rate";

    /** The setting with the destination. */
    public static final String DESTINATION = "proof.destination";

    /** The setting with the {@link Phase} of publishing. */
    public static final String PHASE = "proof.phase";

    /** The setting that enables the command {@code clock}, which sets the clock ahead by a number of seconds. */
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
                // not the one of a service on the class path
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
        out.report(new Answer(text));
    }

    private String sum(ToLongFunction<Backlog> of) {
        return Long.toString(context.getBean(TriggerRelays.class).byStrategy().values().stream()
                .mapToLong(relay -> of.applyAsLong(relay.store().backlog()))
                .sum());
    }
}
