# Two stages: SWC compiles in the first; the second holds Node, the production packages and dist/, and runs as `node`.
# The image brings no database: give it DATABASE_URL and KITH_ENCRYPTION_KEYS. docker-compose.yml shows how.

FROM node:24-bookworm-slim AS build
WORKDIR /kith
COPY package.json package-lock.json .npmrc ./
# Not `npm ci`: it wants the native bindings of every platform in the lock file, and refuses without them (EUSAGE).
RUN npm install --no-audit --no-fund
COPY .swcrc ./
COPY scripts ./scripts
COPY migrations ./migrations
COPY src ./src
# The optional packages are the embedded PostgreSQL, 60 MB that DATABASE_URL makes idle.
RUN node scripts/build.mjs && npm prune --omit=dev --omit=optional --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /kith
COPY --from=build /kith/package.json ./
COPY --from=build /kith/node_modules ./node_modules
COPY --from=build /kith/dist ./dist
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/ready').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/src/app/main.js"]
