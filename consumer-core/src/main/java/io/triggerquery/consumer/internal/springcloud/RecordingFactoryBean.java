package io.triggerquery.consumer.internal.springcloud;

import static io.triggerquery.consumer.internal.springcloud.UnknownPartException.unless;

import feign.Client;
import feign.Feign;
import feign.Target.HardCodedTarget;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.cloud.openfeign.FeignClientFactory;
import org.springframework.cloud.openfeign.FeignClientFactoryBean;
import org.springframework.cloud.openfeign.Targeter;

/**
 * Spring Cloud's factory of a client, which configures a builder as always, but records it instead of creating the
 * client.
 */
final class RecordingFactoryBean extends FeignClientFactoryBean {

    private Feign.@Nullable Builder builder;
    private @Nullable HardCodedTarget<?> target;
    private @Nullable Client clientBean;
    private boolean balanced;

    /**
     * Records how a client is configured.
     *
     * @param name the name of its bean
     */
    static RecordingFactoryBean record(ConfigurableListableBeanFactory beans, String name) {
        var factory = new RecordingFactoryBean();
        beans.applyBeanPropertyValues(factory, name);
        factory.setBeanFactory(beans);
        factory.getObject();
        return factory;
    }

    /** Returns the configured builder. */
    Feign.Builder builder() {
        return Objects.requireNonNull(builder);
    }

    /** Returns what adds the address to requests. */
    HardCodedTarget<?> target() {
        return Objects.requireNonNull(target);
    }

    /** Returns the bean that a client with an address is created with, or null if there is none. */
    @Nullable
    Client clientBean() {
        return clientBean;
    }

    /** Returns whether the client has no address, but the name of a service. */
    boolean isBalanced() {
        return balanced;
    }

    @Override
    protected <T> T loadBalance(Feign.Builder feign, FeignClientFactory context, HardCodedTarget<T> service) {
        balanced = true;
        return super.loadBalance(feign, context, service);
    }

    /** Leaves the client bean of a client with an address out, since Spring Cloud warns if it is used again. */
    @Override
    protected <T> @Nullable T getOptional(FeignClientFactory context, Class<T> type) {
        T part = super.getOptional(context, type);
        if (type == Client.class && !balanced) {
            clientBean = (Client) part;
            return null;
        }
        return part;
    }

    @Override
    protected <T> T get(FeignClientFactory context, Class<T> type) {
        T part = super.get(context, type);
        if (type != Targeter.class) {
            return part;
        }
        String name = part.getClass().getName();
        unless(name.equals("org.springframework.cloud.openfeign.DefaultTargeter"), "its Targeter " + name);
        return type.cast(new Recorder());
    }

    private final class Recorder implements Targeter {

        @Override
        @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // nothing is created
        public <T> T target(
                FeignClientFactoryBean factory,
                Feign.Builder configured,
                FeignClientFactory context,
                HardCodedTarget<T> resolved) {
            builder = configured;
            target = resolved;
            return null;
        }
    }
}
