package io.triggerquery.consumer.internal.query;

import feign.AsyncClient;
import feign.AsyncFeign;
import feign.MethodInfo;
import feign.Retryer;
import feign.jackson3.Jackson3Encoder;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.GenericTypeResolver;

/**
 * A client that Feign creates from the interface. No thread waits for an answer, although the interface's methods
 * return the state itself: Feign is told that each returns a future, and is called past the proxy, which could not
 * return one.
 *
 * @param client Feign's proxy
 * @param handler what the proxy calls
 */
record FeignApi(Object client, InvocationHandler handler) implements SourceApi {

    /**
     * Makes the client.
     *
     * @param parts what the application has for it
     * @throws FailureAnalyzedException if Feign does not understand the interface
     */
    static FeignApi of(SourceMethods methods, URI url, AsyncClient<Object> http, Sources.Feign parts) {
        Class<?> type = methods.type();
        AsyncFeign.AsyncBuilder<Object> feign = AsyncFeign.builder();
        parts.capabilities().forEach(feign::addCapability);
        parts.interceptors().forEach(feign::requestInterceptor);
        feign.client(http)
                .methodInfoResolver((target, method) -> new Answering(type, method))
                .decoder(new AnswerDecoder(parts.json()))
                .errorDecoder(new ErrorAnswers(methods.sourceName()))
                .retryer(Retryer.NEVER_RETRY);
        try {
            Object client = IdsAddress.client(feign, methods, url, new Jackson3Encoder(parts.json()), parts);
            return new FeignApi(client, Proxy.getInvocationHandler(client));
        } catch (IllegalStateException notFeign) {
            throw new FailureAnalyzedException(
                    "The source " + type.getName() + " is no Feign interface: " + notFeign.getMessage(),
                    "Use Feign's own annotations, not Spring MVC's: @RequestLine(\"GET /api/billings/{id}\") on the"
                            + " method and @Param(\"id\") on its parameter. Or provide a bean of this type.",
                    notFeign);
        }
    }

    /** Reads what the method returns and hands out its future. */
    private static final class Answering extends MethodInfo {

        Answering(Class<?> type, Method method) {
            super(GenericTypeResolver.resolveType(method.getGenericReturnType(), type), true);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // Feign was told so
    public CompletionStage<@Nullable Object> call(Method method, Object argument) {
        try {
            return (CompletionStage<@Nullable Object>) handler.invoke(client, method, new Object[] {argument});
        } catch (Throwable notSent) {
            return CompletableFuture.failedFuture(notSent);
        }
    }
}
