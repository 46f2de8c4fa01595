package io.triggerquery.consumer.internal.query;

import feign.AsyncClient;
import feign.AsyncFeign;
import feign.Contract;
import feign.MethodInfo;
import feign.Retryer;
import feign.optionals.OptionalDecoder;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * A client that Feign creates from the interface. No thread waits for an answer, although the interface's methods
 * return the state itself: the method information given to Feign declares a future, and Feign's handler is called
 * directly, since the proxy could not return one.
 *
 * @param client Feign's proxy
 * @param handler the handler that the proxy calls
 */
record FeignApi(Object client, InvocationHandler handler) implements MethodCalls {

    /**
     * Creates the client.
     *
     * @param parts the parts that the application contributes
     * @throws FailureAnalyzedException if the interface is not a valid Feign interface, or an address lacks its id
     */
    static FeignApi of(SourceMethods methods, URI url, AsyncClient<Object> http, Sources.Feign parts) {
        Class<?> type = methods.type();
        checkReturnTypes(methods);
        AsyncFeign.AsyncBuilder<Object> feign = AsyncFeign.builder();
        parts.capabilities().forEach(feign::addCapability);
        parts.interceptors().of(methods.sourceName()).forEach(feign::requestInterceptor);
        feign.client(http)
                .contract(UsedParameters.ofFeign(methods))
                .methodInfoResolver((target, method) -> new AsyncMethodInfo(type, method))
                .decoder(new OptionalDecoder(new AnswerDecoder(parts.json())))
                .errorDecoder(new ErrorAnswers(methods.sourceName()))
                .retryer(Retryer.NEVER_RETRY);
        try {
            Object client = IdsAddress.client(feign, methods, url, new JsonEncoder(parts.json()), parts);
            return new FeignApi(client, Proxy.getInvocationHandler(client));
        } catch (IllegalStateException invalid) {
            throw new FailureAnalyzedException(
                    "The source " + type.getName() + " is not a valid Feign interface: " + invalid.getMessage(),
                    SourceStyle.of(type).beanAdvice(type, methods.sourceName()),
                    invalid);
        }
    }

    /**
     * Creates the client as the application has configured it.
     *
     * @param http executes the calls
     * @param encodesIds whether ids may contain characters that have to be encoded, which Spring's contract does not do
     *     with all of them
     */
    static FeignApi of(
            SourceMethods methods, ConfiguredFeign configured, AsyncClient<Object> http, boolean encodesIds) {
        Class<?> type = methods.type();
        Contract contract = encodesIds ? new EncodedIds(configured.contract()) : configured.contract();
        Object client = configured
                .builder()
                .client(configured.route(http))
                .contract(new UsedParameters(contract, methods))
                .decoder(new UncompressedAnswers(configured.decoder()))
                .methodInfoResolver((target, method) -> new AsyncMethodInfo(type, method))
                .target(configured.target());
        return new FeignApi(client, Proxy.getInvocationHandler(client));
    }

    private static void checkReturnTypes(SourceMethods methods) {
        Stream.of(methods.byId(), methods.byIds())
                .filter(method ->
                        method != null && ReturnType.of(method, methods.type()).entity())
                .findFirst()
                .ifPresent(method -> {
                    throw new FailureAnalyzedException(
                            "Feign cannot return a ResponseEntity: " + method.toGenericString(),
                            "Return the state itself, an Optional of it, or a CompletableFuture of either.");
                });
    }

    /** Describes the method to Feign as one that returns a future of its value. */
    private static final class AsyncMethodInfo extends MethodInfo {

        AsyncMethodInfo(Class<?> type, Method method) {
            super(ReturnType.of(method, type).value(), true);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // AsyncMethodInfo declares a future
    public CompletionStage<@Nullable Object> call(Method method, Object argument) {
        try {
            return (CompletionStage<@Nullable Object>) handler.invoke(client, method, new Object[] {argument});
        } catch (Throwable notSent) {
            return CompletableFuture.failedFuture(notSent);
        }
    }
}
