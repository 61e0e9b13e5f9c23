import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Language } from '@ringdown/core/kernel'
import { appendAudit } from '@ringdown/db/postgres'
import { promptFiles, promptTexts } from '@ringdown/ivr/prompts'
import express, { type Express, type Request, type Response } from 'express'
import type { Foundation } from '../../foundation.ts'
import { mayActAs } from '../../policies/roles.ts'
import { notFound } from '../refusals.ts'
import { refuse } from '../refuse.ts'
import { uploadedFile } from './handlers.ts'
import { whatIsWrongWith } from './wav-upload.ts'

const PATH = '/api/prompts/:language/:key/audio'
/** About two minutes of 48 kHz stereo. */
const LARGEST = '25mb'

/** The audio of prompts: GET what callers hear, PUT a recording of one's own. */
export function bindPromptAudio(app: Express, { config, sql }: Pick<Foundation, 'config' | 'sql'>): void {
  app.get(PATH, (req, res, next) => {
    const prompt = wanted(req, res)
    if (!prompt) return
    const { uploaded, synthesised } = promptFiles(prompt.key, prompt.language)
    res.set({ 'content-type': 'audio/wav', 'cache-control': 'no-store' })
    res.sendFile(join(config.promptDir, uploaded), { cacheControl: false }, (missing) => {
      if (!missing || res.headersSent) return
      res.sendFile(
        join(config.promptDir, synthesised),
        { cacheControl: false },
        (error) => error && !res.headersSent && next(error),
      )
    })
  })

  app.put(PATH, express.raw({ type: ['audio/wav', 'audio/x-wav', 'audio/wave'], limit: LARGEST }), async (req, res) => {
    const prompt = wanted(req, res)
    if (!prompt || !req.caller) return
    const fault = Buffer.isBuffer(req.body) ? whatIsWrongWith(req.body) : 'Send the file as audio/wav.'
    if (fault) return refuse(res, { code: 'invalid_input', message: fault, field: 'body' })
    const path = uploadedFile(config.promptDir, prompt.language, prompt.key)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(`${path}.part`, req.body)
    await rename(`${path}.part`, path)
    await appendAudit(sql, { userId: req.caller.userId, action: 'prompt.uploaded', subjectId: null, details: prompt })
    res.json({})
  })
}

function wanted(req: Request, res: Response): { language: Language; key: string } | undefined {
  const language = Language.safeParse(req.params.language)
  const key = String(req.params.key)
  if (!req.caller) refuse(res, { code: 'not_signed_in', message: 'Sign in first.' })
  else if (!mayActAs(req.caller.role, 'admin'))
    refuse(res, { code: 'forbidden', message: 'This needs the role admin.' })
  else if (!language.success || !Object.hasOwn(promptTexts, key)) refuse(res, notFound('prompt'))
  else return { language: language.data, key }
  return undefined
}
