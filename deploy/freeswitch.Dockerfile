# FreeSWITCH 1.11.1 from its sources, with the modules that Partyline needs and no configuration.
# The commits are those that Partyline's tests ran against.
FROM debian:bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends \
      autoconf automake build-essential ca-certificates git libcurl4-openssl-dev libedit-dev \
      libjpeg-dev libldns-dev libopus-dev libpcre2-dev libsndfile1-dev libspeex-dev libspeexdsp-dev \
      libsqlite3-dev libssl-dev libtiff-dev libtool libtool-bin nasm pkg-config uuid-dev zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build

ARG SOFIA=7333682a297f28130ff46d5ef0f9e2f72adca0e8
RUN git clone -q https://github.com/freeswitch/sofia-sip && cd sofia-sip && git checkout -q ${SOFIA} \
    && ./bootstrap.sh && ./configure --with-openssl --without-doxygen --disable-stun \
    && make -j"$(nproc)" install

ARG SPANDSP=0c7bcebef4f057b99832a338aafab7e379ef1395
RUN git clone -q https://github.com/freeswitch/spandsp && cd spandsp && git checkout -q ${SPANDSP} \
    && ./bootstrap.sh && ./configure && make -j"$(nproc)" install && ldconfig

ARG FREESWITCH=cc93a683ca6e1f8f47c1d6e38bd2daf8fa6a7b1c
RUN git clone -q https://github.com/signalwire/freeswitch && cd freeswitch && git checkout -q ${FREESWITCH} \
    && ./bootstrap.sh -j \
    && printf '%s\n' applications/mod_commands applications/mod_conference applications/mod_dptools \
      applications/mod_spandsp codecs/mod_opus dialplans/mod_dialplan_xml endpoints/mod_sofia \
      event_handlers/mod_event_socket formats/mod_sndfile formats/mod_tone_stream \
      loggers/mod_console loggers/mod_logfile > modules.conf \
    && PKG_CONFIG_PATH=/usr/local/lib/pkgconfig ./configure --prefix=/usr/local/freeswitch \
      --disable-core-libpq-support --disable-core-odbc-support --without-python --without-java --without-erlang \
    && make -j"$(nproc)" && make install && rm -rf /usr/local/freeswitch/etc

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends \
      ca-certificates libcurl4 libedit2 libjpeg62-turbo libldns3 libopus0 libpcre2-8-0 libsndfile1 \
      libspeex1 libspeexdsp1 libsqlite3-0 libssl3 libtiff6 libuuid1 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /usr/local/lib /usr/local/lib
COPY --from=build /usr/local/freeswitch /usr/local/freeswitch
RUN ldconfig && groupadd --gid 8021 freeswitch \
    && useradd --uid 8021 --gid 8021 --no-create-home --shell /usr/sbin/nologin freeswitch \
    && install -d -m 0750 -o freeswitch -g freeswitch /var/lib/partyline-freeswitch \
    && install -d -m 2770 -o freeswitch -g freeswitch /var/lib/partyline-calls
ENV FREESWITCH_BIN=/usr/local/freeswitch/bin/freeswitch
USER freeswitch
VOLUME /var/lib/partyline-freeswitch
CMD ["/usr/local/freeswitch/bin/freeswitch", "-nc", "-nf", "-nonat"]
