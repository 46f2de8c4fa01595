package io.triggerquery.consumer.it;

import com.sun.management.OperatingSystemMXBean;
import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.StubMethod;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.kafka.annotation.KafkaListener;

/** An application with many idle listeners in its own process, which prints their cost and ends. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class IdleMember {

    /** Prefix of the line with the figures: threads, sockets, milliseconds of CPU per minute. */
    static final String FIGURES = "idle cost: ";

    static final int LISTENERS = 50;

    private static final int SETTLING_SECONDS = 15;

    /** The source, which is never queried. */
    @Source("things")
    public interface Idle {

        /** Returns one state. */
        @RequestLine("GET /api/things/{id}")
        State byId(@Param("id") String id);
    }

    /** The state of the source. */
    public record State(String id) {}

    /** Arguments: the kind of listener, the seconds to measure, and Spring's arguments. */
    public static void main(String[] arguments) throws Exception {
        boolean triggers = arguments[0].equals("trigger-query");
        int seconds = Integer.parseInt(arguments[1]);
        new SpringApplicationBuilder(IdleMember.class)
                .initializers(context -> register((GenericApplicationContext) context, triggers))
                .run(arguments);
        TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = system.getProcessCpuTime();
        TimeUnit.SECONDS.sleep(seconds);
        long millis = TimeUnit.NANOSECONDS.toMillis(system.getProcessCpuTime() - before) * 60 / seconds;
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        System.out.println(FIGURES + threads + " " + sockets() + " " + millis);
        Runtime.getRuntime().halt(0);
    }

    static String topic(int listener) {
        return "idle-" + listener;
    }

    private static void register(GenericApplicationContext context, boolean triggers) {
        for (int i = 0; i < LISTENERS; i++) {
            Class<?> type = triggers ? triggerListener(topic(i)) : kafkaListener(topic(i));
            register(context, type);
        }
    }

    private static Class<?> triggerListener(String topic) {
        var annotation = AnnotationDescription.Builder.ofType(TriggerQueryListener.class)
                .defineArray("topics", topic)
                .define("source", Idle.class);
        return listener(State.class, annotation.build());
    }

    private static Class<?> kafkaListener(String topic) {
        var annotation =
                AnnotationDescription.Builder.ofType(KafkaListener.class).defineArray("topics", topic);
        return listener(byte[].class, annotation.build());
    }

    private static <T> void register(GenericApplicationContext context, Class<T> type) {
        context.registerBean(type);
    }

    private static Class<?> listener(Type parameter, AnnotationDescription annotation) {
        return new ByteBuddy()
                .subclass(Object.class)
                .defineMethod("take", void.class, Visibility.PUBLIC)
                .withParameters(parameter)
                .intercept(StubMethod.INSTANCE)
                .annotateMethod(annotation)
                .make()
                .load(IdleMember.class.getClassLoader(), ClassLoadingStrategy.Default.WRAPPER)
                .getLoaded();
    }

    private static long sockets() {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(IdleMember::isSocket).count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closed) {
            return false;
        }
    }
}
