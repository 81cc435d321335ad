package io.fmviz.cli;

import io.fmviz.cli.options.ComputeOptions;
import io.fmviz.cli.options.DataOptions;
import io.fmviz.cli.options.Heading;
import io.fmviz.cli.options.Heading.Under;
import io.fmviz.cli.options.NetworkOptions;
import io.fmviz.cli.options.OwnImageOptions;
import io.fmviz.cli.options.Usage;
import io.fmviz.runtime.CacheFolder;
import io.fmviz.serve.Address;
import io.fmviz.serve.LivePage;
import io.fmviz.serve.ServeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "serve",
    description = {
      "Opens a page on which the network looks at what you draw, at pictures or the webcam, live: its layers, each map large with where its values come from, and the answer, with maps switched off as you like.",
      "The page is for this machine alone: its address holds a token. Ctrl-C ends it."
    })
final class ServeCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @ParentCommand FmvizCommand fmviz;
  @Mixin NetworkOptions network;
  @Mixin DataOptions data;
  @Mixin OwnImageOptions pictures;
  @Mixin ComputeOptions compute;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8765",
      description = "The port; 0 for any that is free (default: ${DEFAULT-VALUE}).")
  @Under(Heading.SERVER)
  int port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description =
          "Where to listen; with another than this machine's loopback, others can reach the page (default: ${DEFAULT-VALUE}).")
  @Under(Heading.SERVER)
  String host;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description =
          "A name besides localhost by which browsers may reach the page, without a port; may be given several times (default: none).")
  @Under(Heading.SERVER)
  List<String> allowed = new ArrayList<>();

  @Option(names = "--no-open", description = "Print the address, and open no browser.")
  @Under(Heading.SERVER)
  boolean closed;

  @Override
  public Integer call() throws Exception {
    ServeRequest request =
        Usage.checked(
            spec,
            () ->
                new ServeRequest(
                    network.request(),
                    data.request(pictures.request()),
                    compute.compute(),
                    new Address(host, port, allowed),
                    CacheFolder.ofUser()));
    Console console = fmviz.console();
    LivePage[] page = new LivePage[1];
    int code =
        console.run(
            () -> {
              page[0] = LivePage.start(request, console);
              if (!closed) {
                page[0].openBrowser(console);
              }
              return page[0].facts();
            });
    page[0].await();
    return code;
  }
}
