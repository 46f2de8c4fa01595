package io.triggerquery.consumer.internal.springcloud;

import io.triggerquery.consumer.internal.failure.OneLine;
import io.triggerquery.consumer.internal.query.SourceSettings;
import java.util.Optional;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Reads the clients that Spring Cloud OpenFeign creates for interfaces with {@code @FeignClient}. Without Spring Cloud
 * there are none, and no other class of this package is loaded.
 *
 * <p>Threads: the one that starts the application.
 */
public final class FeignClients {

    private static final boolean PRESENT = ClassUtils.isPresent(
            "org.springframework.cloud.openfeign.FeignClientFactoryBean", FeignClients.class.getClassLoader());

    private FeignClients() {}

    /**
     * Reads a client. Never fails: a client that cannot be read is one with an unknown part.
     *
     * @param beans the beans of the application
     * @param type the type of the source
     * @param bean the client
     * @param settings the settings of the source
     * @return empty if the client is not one of Spring Cloud OpenFeign
     */
    public static Optional<Reading> read(BeanFactory beans, Class<?> type, Object bean, SourceSettings settings) {
        if (!PRESENT || !(beans instanceof ConfigurableListableBeanFactory factory)) {
            return Optional.empty();
        }
        try {
            return new FeignClientReader(factory).read(type, bean, settings).map(Reading.Known::new);
        } catch (UnknownPartException unknown) {
            return Optional.of(new Reading.Unknown(String.valueOf(unknown.getMessage())));
        } catch (RuntimeException | LinkageError failure) { // for example another version of Spring Cloud
            return Optional.of(new Reading.Unknown("its configuration, which cannot be read: " + OneLine.of(failure)));
        }
    }
}
