package io.triggerquery.bench.source;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.triggerquery.bench.source.Delays.Connection;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server that returns the state of payments after a latency, measured from the arrival of the whole call. A
 * waiting call needs no thread.
 *
 * <p>Threads: one for everything, since the measured peer uses the same machine.
 */
final class StubSource implements AutoCloseable {

    // enough for 500 ids
    private static final int LONGEST_LINE = 65_536;

    private static final int WAITING_CONNECTIONS = 1_024;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Behaviour behaviour = new Behaviour();
    private final Delays delays = new Delays(loop.next());

    /** Listens on a port of the loopback address. */
    StubSource(int port) {
        listen(port, null);
    }

    /** Listens on another port too, with TLS. */
    void listenSecurely(int port, Certificate certificate) throws SSLException {
        listen(port, SslContextBuilder.forServer(certificate.keys()).build());
    }

    private void listen(int port, @Nullable SslContext tls) {
        new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, WAITING_CONNECTIONS)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                        }
                        accept(channel);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), port)
                .syncUninterruptibly();
    }

    private void accept(Channel channel) {
        var decoder =
                new HttpDecoderConfig().setMaxInitialLineLength(LONGEST_LINE).setValidateHeaders(false);
        channel.pipeline()
                .addLast(new HttpRequestDecoder(decoder))
                .addLast(new CallHandler(behaviour, delays, new Answers(channel.alloc()), new Connection(channel)));
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
